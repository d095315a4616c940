from urllib3.poolmanager import *
