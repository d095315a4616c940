from urllib3.util.ssl_ import *
