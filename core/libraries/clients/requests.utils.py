# requests.utils (requests 2.32.3): proxies and small helpers.
import _urllib3
from requests.cookies import cookiejar_from_dict
from requests.structures import CaseInsensitiveDict

DEFAULT_CA_BUNDLE_PATH = "/etc/ssl/certs/ca-certificates.crt"
requote_uri = _urllib3.requote


def _host(url):
    return _urllib3.plain(url).partition("://")[2].replace("?", "/").partition("/")[0].rpartition("@")[2]


def default_user_agent(name="python-requests"):
    return f"{name}/2.32.3"


def default_headers():
    return CaseInsensitiveDict({"User-Agent": default_user_agent(), "Accept-Encoding": "gzip, deflate",
                                "Accept": "*/*", "Connection": "keep-alive"})


def dict_from_cookiejar(cj):
    return cj.get_dict()


def get_auth_from_url(url):
    from urllib.parse import unquote
    info = url.partition("://")[2].partition("/")[0].rpartition("@")[0]
    user, _, password = info.partition(":")
    return unquote(user), unquote(password)


def prepend_scheme_if_needed(url, new_scheme):
    return url if "://" in url else f"{new_scheme}://{url}"


def urldefragauth(url):
    scheme, _, rest = url.partition("#")[0].partition("://")
    return scheme + "://" + rest[len(rest.partition("/")[0].rpartition("@")[0]):].lstrip("@")


def should_bypass_proxies(url, no_proxy):
    if no_proxy is None:
        no_proxy = _urllib3.proxy_variable("no")
    host = _host(url)
    name = host.partition("]")[0].strip("[") if host.startswith("[") else host.partition(":")[0]
    if not name:
        return True
    entries = [entry for entry in (no_proxy or "").replace(" ", "").split(",") if entry]
    for entry in entries:
        if entry == "*":
            return True
        if _urllib3.is_ipv4(name):
            if entry == name:
                return True
        # A bare ending of the name is enough.
        elif name.endswith(entry.lstrip(".")) or host.endswith(entry.lstrip(".")):
            return True
    return False


def get_environ_proxies(url, no_proxy=None):
    if should_bypass_proxies(url, no_proxy=no_proxy):
        return {}
    found = {scheme: _urllib3.proxy_variable(scheme) for scheme in ("http", "https", "all", "no")}
    return {scheme: value for scheme, value in found.items() if value is not None}


def select_proxy(url, proxies):
    proxies = proxies or {}
    scheme = _urllib3.plain(url).partition("://")[0]
    name = _host(url).partition(":")[0]
    for key in (scheme + "://" + name, scheme, "all://" + name, "all"):
        if key in proxies:
            return proxies[key]
    return None


def resolve_proxies(request, proxies, trust_env=True):
    proxies = dict(proxies or {})
    scheme = _urllib3.plain(request.url).partition("://")[0]
    no_proxy = proxies.get("no_proxy")
    if trust_env and not should_bypass_proxies(request.url, no_proxy=no_proxy):
        found = get_environ_proxies(request.url, no_proxy=no_proxy)
        proxy = found.get(scheme, found.get("all"))
        if proxy:
            proxies.setdefault(scheme, proxy)
    return proxies


def get_encoding_from_headers(headers):
    kind, *params = headers.get("content-type", "").split(";")
    for param in params:
        key, _, value = param.strip().partition("=")
        if key.lower() == "charset":
            return value.strip("'\" ")
    if "text" in kind:
        return "ISO-8859-1"
    return "utf-8" if "application/json" in kind else None


def quote(text, safe="/"):
    from urllib.parse import quote as real
    return real(text, safe)
