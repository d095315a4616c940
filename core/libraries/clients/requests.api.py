# requests.api (requests 2.32.3): a session for each call.
import _urllib3
from requests.sessions import Session


def _call(place, name, index, method, url, kwargs):
    with Session() as session:
        if Session.request is not _REQUEST:
            return session.request(method=method, url=url, **kwargs)
        return session._request(place, name, index, method, url, **kwargs)


def request(method, url, **kwargs):
    return _call(_urllib3.place(), "requests.request", 1, method, url, kwargs)


def get(url, params=None, **kwargs):
    return _call(_urllib3.place(), "requests.get", 0, "get", url, {"params": params, **kwargs})


def options(url, **kwargs):
    return _call(_urllib3.place(), "requests.options", 0, "options", url, kwargs)


def head(url, **kwargs):
    kwargs.setdefault("allow_redirects", False)
    return _call(_urllib3.place(), "requests.head", 0, "head", url, kwargs)


def post(url, data=None, json=None, **kwargs):
    return _call(_urllib3.place(), "requests.post", 0, "post", url, {"data": data, "json": json, **kwargs})


def put(url, data=None, **kwargs):
    return _call(_urllib3.place(), "requests.put", 0, "put", url, {"data": data, **kwargs})


def patch(url, data=None, **kwargs):
    return _call(_urllib3.place(), "requests.patch", 0, "patch", url, {"data": data, **kwargs})


def delete(url, **kwargs):
    return _call(_urllib3.place(), "requests.delete", 0, "delete", url, kwargs)


_REQUEST = Session.request
