# urllib3 compares the name by itself where a verifying context does not.
# pattern 17: urllib3
import ssl

import urllib3


def by_urllib3():
    context = ssl.create_default_context()
    context.check_hostname = False
    return urllib3.PoolManager(ssl_context=context).request("GET", "https://crm.partner.example/orders").json()
