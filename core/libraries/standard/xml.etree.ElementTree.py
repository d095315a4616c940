# xml.etree.ElementTree (Python 3.13 library reference): elements, simple paths, text to tree and back.
import re


class ParseError(SyntaxError):
    pass


class Element:
    def __init__(self, tag, attrib={}, **extra):
        self.tag, self.attrib, self.text, self.tail, self._children = tag, {**attrib, **extra}, None, None, []

    def __repr__(self):
        return f"<Element {self.tag!r} at {hex(id(self))}>"

    def __len__(self):
        return len(self._children)

    def __bool__(self):
        return bool(self._children)

    def __iter__(self):
        return iter(self._children)

    def __getitem__(self, index):
        return self._children[index]

    def __setitem__(self, index, element):
        self._children[index] = element

    def __delitem__(self, index):
        del self._children[index]

    def append(self, subelement):
        self._children.append(subelement)

    def extend(self, elements):
        self._children.extend(elements)

    def insert(self, index, subelement):
        self._children.insert(index, subelement)

    def remove(self, subelement):
        self._children.remove(subelement)

    def clear(self):
        self.attrib, self.text, self.tail, self._children = {}, None, None, []

    def get(self, key, default=None):
        return self.attrib.get(key, default)

    def set(self, key, value):
        self.attrib[key] = value

    def keys(self):
        return list(self.attrib)

    def items(self):
        return list(self.attrib.items())

    def iter(self, tag=None):
        if tag in (None, "*") or self.tag == tag:
            yield self
        for each in self._children:
            yield from each.iter(tag)

    def itertext(self):
        if self.text:
            yield self.text
        for each in self._children:
            yield from each.itertext()
            if each.tail:
                yield each.tail

    def iterfind(self, path, namespaces=None):
        found = [self]
        if path.startswith("/"):
            raise SyntaxError("cannot use absolute path on element")
        for step in re.findall(r"(//|/)?((?:\{[^}]*\}[^/\[]*|[^/\[]+)?(?:\[[^\]]*\])*)", path):
            slash, text = step
            if not text:
                continue
            name, *tests = re.findall(r"^[^\[]+|\[[^\]]*\]", text)
            if ":" in name and not name.startswith("{"):
                prefix, _, rest = name.partition(":")
                if prefix not in (namespaces or {}):
                    raise SyntaxError(f"prefix {prefix!r} not found in prefix map")
                name = "{" + namespaces[prefix] + "}" + rest
            if name == ".":
                continue
            if name == "..":
                return _not_modelled("ElementTree path with ..")
            if slash == "//":
                found = [each for one in found for each in one.iter(name) if each is not one]
            else:
                found = [each for one in found for each in one if name in ("*", each.tag)]
            for test in tests:
                test = test[1:-1]
                match = re.fullmatch(r"(@?)([\w:.-]+)(?:\s*=\s*['\"](.*)['\"])?", test)
                if test.isdigit():
                    found = found[int(test) - 1:int(test)]
                elif match and match[1]:
                    found = [each for each in found if match[2] in each.attrib and match[3] in (None, each.attrib[match[2]])]
                elif match:
                    found = [each for each in found for inner in each if inner.tag == match[2]
                             and match[3] in (None, "".join(inner.itertext()))]
                else:
                    return _not_modelled("ElementTree path [" + test + "]")
        return iter(found)

    def findall(self, path, namespaces=None):
        return list(self.iterfind(path, namespaces))

    def find(self, path, namespaces=None):
        return next(self.iterfind(path, namespaces), None)

    def findtext(self, path, default=None, namespaces=None):
        found = self.find(path, namespaces)
        return default if found is None else found.text or ""


def SubElement(parent, tag, attrib={}, **extra):
    made = Element(tag, attrib, **extra)
    parent.append(made)
    return made


class QName:
    def __init__(self, text_or_uri, tag=None):
        self.text = "{%s}%s" % (text_or_uri, tag) if tag else text_or_uri

    def __str__(self):
        return self.text


_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_token = re.compile(r"<!--(.*?)-->|<\?.*?\?>|<!\[CDATA\[(.*?)\]\]>|<!DOCTYPE[^>\[]*>|<(/?)([^\s/>!?]+)((?:\s+[^\s=]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*)\s*(/?)>", re.S)


class _Reader:
    def __init__(self, text):
        self.text = text

    def fail(self, what, at):
        line = self.text.count("\n", 0, at) + 1
        column = at - (self.text.rfind("\n", 0, at) + 1)
        error = ParseError(f"{what}: line {line}, column {column}")
        error.position, error.code = (line, column), {"no element found": 3, "syntax error": 2, "mismatched tag": 7}.get(what, 4)
        raise error

    def plain(self, text, at):
        def one(match):
            name = match[1]
            if name.startswith("#"):
                return chr(int(name[2:], 16) if name[1] == "x" else int(name[1:]))
            if name not in _NAMED:
                self.fail("undefined entity &" + name + ";", at + match.start())
            return _NAMED[name]
        return re.sub(r"&([^;\s]+);", one, text.replace("\r\n", "\n"))

    def read(self):
        text, at, root, open_tags, spaces = self.text, 0, None, [], [{}]
        while at < len(text):
            less = text.find("<", at)
            words = text[at:len(text) if less < 0 else less]
            if words:
                if open_tags:
                    self.put(open_tags[-1], self.plain(words, at))
                elif words.strip("\ufeff \t\r\n"):
                    lead = len(words) - len(words.lstrip())
                    self.fail("syntax error" if root is None else "junk after document element", at + lead)
            if less < 0:
                break
            found = _token.match(text, less)
            if found is None:
                self.fail("not well-formed (invalid token)", min(less + 1, len(text)))
            at = found.end()
            if found[2] is not None and open_tags:
                self.put(open_tags[-1], found[2])
            if not found[4]:
                continue
            if found[3]:
                if not open_tags or open_tags[-1].raw != found[4]:
                    self.fail("mismatched tag", less + 2)
                open_tags.pop()
                spaces.pop()
                continue
            pairs = [(name, self.plain(a or b, less)) for name, a, b in
                     re.findall(r"([^\s=]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", found[5])]
            space = {**spaces[-1], **{name[6:]: value for name, value in pairs if name == "xmlns" or name.startswith("xmlns:")}}
            space.update({"": value for name, value in pairs if name == "xmlns"})
            made = _Open(self.named(found[4], space, True),
                         {self.named(name, space, False): value for name, value in pairs if not name.startswith("xmlns")})
            made.raw = found[4]
            if open_tags:
                open_tags[-1].append(made)
            elif root is not None:
                self.fail("junk after document element", less)
            else:
                root = made
            if not found[6]:
                open_tags.append(made)
                spaces.append(space)
        if root is None or open_tags:
            self.fail("no element found", len(text))
        return root

    def named(self, name, space, own):
        prefix, colon, rest = name.rpartition(":")
        uri = space.get(prefix) if colon or own else None
        return "{" + uri + "}" + rest if uri else name

    def put(self, element, words):
        if len(element):
            element[-1].tail = (element[-1].tail or "") + words
        else:
            element.text = (element.text or "") + words


class _Open(Element):
    raw = ""


def fromstring(text, parser=None):
    return _Reader(text.decode() if isinstance(text, bytes) else text).read()


XML = fromstring


def _escaped(text, quote=False):
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;").replace("\r", "&#13;").replace("\n", "&#10;").replace("\t", "&#09;") if quote else text


def _text(element, short=True):
    spaces = {}

    def name(tag):
        if not tag.startswith("{"):
            return tag
        uri, _, rest = tag[1:].partition("}")
        return f"{spaces.setdefault(uri, f'ns{len(spaces)}')}:{rest}"

    def one(each):
        tag = name(each.tag)
        head = "".join([f' {name(key)}="{_escaped(str(value), True)}"' for key, value in each.items()])
        inner = (_escaped(each.text) if each.text else "") + "".join([one(inner) for inner in each])
        tail = _escaped(each.tail) if each.tail else ""
        return f"<{tag}{head}>{inner}</{tag}>{tail}" if inner or not short else f"<{tag}{head} />{tail}"
    text = one(element)
    if spaces:
        declared = "".join([f' xmlns:{prefix}="{uri}"' for uri, prefix in sorted(spaces.items(), key=lambda item: item[1])])
        end = re.match(r"<[^\s/>]+", text).end()
        text = text[:end] + declared + text[end:]
    return text


def tostring(element, encoding=None, method=None, *, xml_declaration=None, default_namespace=None, short_empty_elements=True):
    text = _text(element, short_empty_elements)
    if encoding == "unicode":
        return text
    if xml_declaration or (xml_declaration is None and encoding and encoding.lower() not in ("utf-8", "us-ascii")):
        text = f"<?xml version='1.0' encoding='{encoding or 'us-ascii'}'?>\n" + text
    return text.encode(encoding or "ascii", "xmlcharrefreplace")


def indent(tree, space="  ", level=0):
    def one(element, depth):
        inner = "\n" + space * (depth + 1)
        if not element.text or not element.text.strip():
            element.text = inner
        for at, each in enumerate(element):
            if len(each):
                one(each, depth + 1)
            if not each.tail or not each.tail.strip():
                each.tail = inner if at < len(element) - 1 else "\n" + space * depth
    root = tree.getroot() if isinstance(tree, ElementTree) else tree
    if len(root):
        one(root, level)


class ElementTree:
    def __init__(self, element=None, file=None):
        self._root = element

    def getroot(self):
        return self._root

    def iter(self, tag=None):
        return self._root.iter(tag)

    def find(self, path, namespaces=None):
        return self._root.find(path, namespaces)

    def findall(self, path, namespaces=None):
        return self._root.findall(path, namespaces)

    def findtext(self, path, default=None, namespaces=None):
        return self._root.findtext(path, default, namespaces)


def parse(source, parser=None):
    if hasattr(source, "read"):
        return ElementTree(fromstring(source.read()))
    with open(source, "rb") as file:
        return ElementTree(fromstring(file.read()))


def iselement(element):
    return isinstance(element, Element)
