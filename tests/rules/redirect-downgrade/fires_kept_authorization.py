# requests drops Authorization for another host, unless the code says otherwise.
# pattern 29: requests
import requests

URL = "https://rates.partner.example/latest"


class KeepsAuth(requests.Session):
    def rebuild_auth(self, prepared_request, response):  #! redirect-downgrade
        return


class NeverStrips(requests.Session):
    def should_strip_auth(self, old_url, new_url):  #! redirect-downgrade
        return False


def basic():
    return KeepsAuth().get(URL, auth=("reports", "password-1001")).json()


def bearer():
    with NeverStrips() as session:
        session.headers["Authorization"] = "Bearer token-1001"
        return session.get(URL).json()
