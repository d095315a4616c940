# requests 2.32.3.
import requests.exceptions
from requests.exceptions import (ConnectionError, ConnectTimeout, FileModeWarning, HTTPError, JSONDecodeError,
                                 ReadTimeout, RequestException, Timeout, TooManyRedirects, URLRequired)
from requests.models import PreparedRequest, Request, Response
from requests.sessions import Session, session
from requests.api import delete, get, head, options, patch, post, put, request
from requests.status_codes import codes

import requests.adapters
import requests.api
import requests.auth
import requests.certs
import requests.compat
import requests.cookies
import requests.models
import requests.packages
import requests.sessions
import requests.structures
import requests.utils

__version__ = "2.32.3"
