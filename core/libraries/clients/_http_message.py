# http.client.HTTPMessage, as far as answers' headers are read: email.message.Message (Python 3.13).
class HTTPMessage:
    def __init__(self, fields=()):
        self._headers = list(fields)

    def get_all(self, name, failobj=None):
        name = name.lower()
        return [value for key, value in self._headers if key.lower() == name] or failobj

    def get(self, name, failobj=None):
        found = self.get_all(name)
        return found[0] if found else failobj

    def __getitem__(self, name):
        return self.get(name)

    def __setitem__(self, name, value):
        self._headers.append((name, value))

    def __delitem__(self, name):
        self._headers = [(key, value) for key, value in self._headers if key.lower() != name.lower()]

    def __contains__(self, name):
        return self.get_all(name) is not None

    def __iter__(self):
        return iter(self.keys())

    def __len__(self):
        return len(self._headers)

    def keys(self):
        return [key for key, _ in self._headers]

    def values(self):
        return [value for _, value in self._headers]

    def items(self):
        return list(self._headers)

    def add_header(self, name, value, **params):
        self._headers.append((name, "; ".join([value] + [f'{key}="{one}"' for key, one in params.items()])))

    def replace_header(self, name, value):
        self._headers = [(key, value if key.lower() == name.lower() else old) for key, old in self._headers]

    def getheaders(self, name):
        return self.get_all(name, [])

    getallmatchingheaders = getheaders

    def get_content_type(self):
        kind = (self.get("content-type") or "text/plain").partition(";")[0].strip().lower()
        return kind if kind.count("/") == 1 else "text/plain"

    def get_content_maintype(self):
        return self.get_content_type().split("/")[0]

    def get_content_subtype(self):
        return self.get_content_type().split("/")[1]

    def get_param(self, param, failobj=None, header="content-type", unquote=True):
        for part in (self.get(header) or "").split(";")[1:]:
            name, _, value = part.strip().partition("=")
            if name.lower() == param.lower():
                return value.strip('"') if unquote else value
        return failobj

    def get_content_charset(self, failobj=None):
        found = self.get_param("charset")
        return found.lower() if found else failobj

    def get_filename(self, failobj=None):
        return self.get_param("filename", failobj, "content-disposition")

    def as_string(self):
        return "".join([f"{key}: {value}\n" for key, value in self._headers]) + "\n"

    __str__ = as_string
