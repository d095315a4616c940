# mimetypes (Python 3.13 library reference): the common ones.
types_map = {".html": "text/html", ".htm": "text/html", ".css": "text/css", ".js": "text/javascript", ".json": "application/json",
             ".txt": "text/plain", ".csv": "text/csv", ".xml": "text/xml", ".pdf": "application/pdf", ".png": "image/png",
             ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".svg": "image/svg+xml", ".webp": "image/webp",
             ".ico": "image/vnd.microsoft.icon", ".zip": "application/zip", ".tar": "application/x-tar", ".md": "text/markdown",
             ".mp3": "audio/mpeg", ".mp4": "video/mp4", ".wasm": "application/wasm", ".py": "text/x-python"}
encodings_map = {".gz": "gzip", ".bz2": "bzip2", ".xz": "xz"}


def guess_type(url, strict=True):
    name = str(url).split("?")[0].rsplit("/", 1)[-1].lower()
    encoding = None
    for ending, known in encodings_map.items():
        if name.endswith(ending):
            name, encoding = name[:-len(ending)], known
    dot = name.rfind(".")
    return (types_map.get(name[dot:]) if dot >= 0 else None), encoding


def guess_extension(type, strict=True):
    for ending, known in types_map.items():
        if known == type.lower():
            return ending
    return None


def add_type(type, ext, strict=True):
    types_map[ext] = type


def init(files=None):
    pass
