from urllib3 import *
