# pprint (Python 3.13 library reference): one line if it fits, else one item a line.
def pformat(object, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    def shown(value, room, level):
        if isinstance(value, dict) and sort_dicts:
            try:
                value = dict(sorted(value.items()))
            except TypeError:
                pass
        text = repr(value)
        if len(text) <= room or not isinstance(value, (dict, list, tuple, set)) or not value:
            return text
        pad = ",\n" + " " * (level + indent)
        if isinstance(value, dict):
            rows = [f"{key!r}: " + shown(each, width - level - indent - len(repr(key)) - 3,
                                         level + indent + len(repr(key)) + 2) for key, each in value.items()]
            opened, closed = "{", "}"
        else:
            rows = [shown(each, width - level - indent - 1, level + indent) for each in value]
            opened, closed = {list: "[]", tuple: "()"}.get(type(value), "{}")
        return opened + " " * (indent - 1) + pad.join(rows) + closed
    return shown(object, width, 0)


def pprint(object, stream=None, indent=1, width=80, depth=None, **options):
    text = pformat(object, indent, width, depth, **options)
    if stream is None:
        print(text)
    else:
        stream.write(text + "\n")


pp = pprint


def isreadable(object):
    return True


saferepr = repr


class PrettyPrinter:
    def __init__(self, indent=1, width=80, depth=None, stream=None, **options):
        self._options = dict(indent=indent, width=width, depth=depth, **options)
        self._stream = stream

    def pformat(self, object):
        return pformat(object, **self._options)

    def pprint(self, object):
        pprint(object, self._stream, **self._options)
