# re (Python 3.13 library reference).
import _re

A = ASCII = 256
I = IGNORECASE = 2
M = MULTILINE = 8
S = DOTALL = 16
X = VERBOSE = 64
U = UNICODE = 32
L = LOCALE = 4
NOFLAG = 0
_SEARCH, _MATCH, _FULL = 0, 1, 2


class PatternError(Exception):
    def __init__(self, msg, pattern=None, pos=None):
        super().__init__(msg)
        self.msg, self.pattern, self.pos = msg, pattern, pos


error = PatternError
error.__module__ = "re"


class Match:
    def __init__(self, pattern, string, spans, pos):
        self.re, self.string, self._spans, self.pos, self.endpos = (
            pattern, string, spans, pos, len(string))

    def _number(self, group):
        if isinstance(group, str):
            if group not in self.re.groupindex:
                raise IndexError("no such group")
            return self.re.groupindex[group]
        if not 0 <= group < len(self._spans):
            raise IndexError("no such group")
        return group

    def _text(self, number, default=None):
        begin, end = self._spans[number]
        return default if begin < 0 else self.string[begin:end]

    def group(self, *groups):
        if not groups:
            return self._text(0)
        found = [self._text(self._number(each)) for each in groups]
        return found[0] if len(found) == 1 else tuple(found)

    def __getitem__(self, group):
        return self._text(self._number(group))

    def groups(self, default=None):
        return tuple([self._text(i, default) for i in range(1, len(self._spans))])

    def groupdict(self, default=None):
        return {name: self._text(i, default) for name, i in self.re.groupindex.items()}

    def span(self, group=0):
        return self._spans[self._number(group)]

    def start(self, group=0):
        return self.span(group)[0]

    def end(self, group=0):
        return self.span(group)[1]

    @property
    def lastindex(self):
        return max([i for i in range(1, len(self._spans)) if self._spans[i][0] >= 0], default=None)

    @property
    def lastgroup(self):
        for name, i in self.re.groupindex.items():
            if i == self.lastindex:
                return name
        return None

    def expand(self, template):
        out, at = [], 0
        while at < len(template):
            c = template[at]
            at += 1
            if c != "\\" or at >= len(template):
                out.append(c)
                continue
            c = template[at]
            at += 1
            if c == "g" and template[at:at + 1] == "<":
                end = template.index(">", at)
                name = template[at + 1:end]
                out.append(self.group(int(name) if name.isdigit() else name) or "")
                at = end + 1
            elif c.isdigit():
                out.append(self.group(int(c)) or "")
            else:
                out.append({"n": "\n", "t": "\t", "r": "\r", "\\": "\\"}.get(c, "\\" + c))
        return "".join(out)

    def __repr__(self):
        return f"<re.Match object; span={self.span()}, match={self.group()!r}>"


class Pattern:
    def __init__(self, pattern, flags):
        made = _re.compile(pattern, flags)
        if isinstance(made, str):
            raise PatternError(made, pattern)
        self.pattern = pattern
        self._handle, self.groups, self.groupindex, self.flags = made

    def _run(self, string, pos, mode):
        if not isinstance(string, (str, bytes)):
            raise TypeError(f"expected string or bytes-like object, got '{type(string).__name__}'")
        spans = _re.run(self._handle, string, pos, mode)
        return None if spans is None else Match(self, string, spans, pos)

    def search(self, string, pos=0, endpos=None):
        return self._run(string if endpos is None else string[:endpos], pos, _SEARCH)

    def match(self, string, pos=0, endpos=None):
        return self._run(string if endpos is None else string[:endpos], pos, _MATCH)

    def fullmatch(self, string, pos=0, endpos=None):
        return self._run(string if endpos is None else string[:endpos], pos, _FULL)

    def finditer(self, string, pos=0, endpos=None):
        while pos <= len(string):
            found = self.search(string, pos)
            if found is None:
                return
            yield found
            pos = found.end() + (1 if found.end() == found.start() else 0)

    def findall(self, string, pos=0, endpos=None):
        out = []
        for found in self.finditer(string, pos):
            if self.groups == 0:
                out.append(found.group())
            elif self.groups == 1:
                out.append(found.groups("")[0])
            else:
                out.append(found.groups(""))
        return out

    def subn(self, repl, string, count=0):
        out, at, done = [], 0, 0
        for found in self.finditer(string):
            if count and done >= count:
                break
            out.append(string[at:found.start()])
            if callable(repl):
                out.append(repl(found))
            else:
                out.append(found.expand(repl) if "\\" in repl else repl)
            at = found.end()
            done += 1
        out.append(string[at:])
        return ("" if isinstance(string, str) else b"").join(out), done

    def sub(self, repl, string, count=0):
        return self.subn(repl, string, count)[0]

    def split(self, string, maxsplit=0):
        out, at = [], 0
        for number, found in enumerate(self.finditer(string)):
            if maxsplit and number >= maxsplit:
                break
            out.append(string[at:found.start()])
            out.extend(found.groups())
            at = found.end()
        return out + [string[at:]]

    def __eq__(self, other):
        return isinstance(other, Pattern) and (self.pattern, self.flags) == (other.pattern, other.flags)

    def __hash__(self):
        return hash(self.pattern)

    def __repr__(self):
        return f"re.compile({self.pattern!r})"


_cache = {}


def compile(pattern, flags=0):
    if isinstance(pattern, Pattern):
        return pattern
    key = pattern, flags
    if key not in _cache:
        _cache[key] = Pattern(pattern, flags)
    return _cache[key]


def search(pattern, string, flags=0):
    return compile(pattern, flags).search(string)


def match(pattern, string, flags=0):
    return compile(pattern, flags).match(string)


def fullmatch(pattern, string, flags=0):
    return compile(pattern, flags).fullmatch(string)


def findall(pattern, string, flags=0):
    return compile(pattern, flags).findall(string)


def finditer(pattern, string, flags=0):
    return compile(pattern, flags).finditer(string)


def sub(pattern, repl, string, count=0, flags=0):
    return compile(pattern, flags).sub(repl, string, count)


def subn(pattern, repl, string, count=0, flags=0):
    return compile(pattern, flags).subn(repl, string, count)


def split(pattern, string, maxsplit=0, flags=0):
    return compile(pattern, flags).split(string, maxsplit)


def escape(pattern):
    special = "()[]{}?*+-|^$\\.&~# \t\n\r\v\f"
    return "".join(["\\" + c if c in special else c for c in pattern])


def purge():
    _cache.clear()


RegexFlag = int
