from urllib3.util import SKIP_HEADER, make_headers
