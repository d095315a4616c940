from urllib3.util import *
