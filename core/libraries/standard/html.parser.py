# html.parser (Python 3.13 library reference): the events of ordinary markup.
import html
import re

_tag = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>")
_attribute = re.compile(r"([^\s=/\"'>]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]*)))?")


class HTMLParser:
    CDATA_CONTENT_ELEMENTS = ("script", "style")

    def __init__(self, *, convert_charrefs=True):
        self.convert_charrefs = convert_charrefs
        self.reset()

    def reset(self):
        self.rawdata, self._cdata, self._text = "", None, ""

    def feed(self, data):
        self.rawdata += data
        self._go(False)

    def close(self):
        self._go(True)

    def get_starttag_text(self):
        return self._text

    def _data(self, text):
        if text:
            self.handle_data(html.unescape(text) if self._cdata is None and self.convert_charrefs else text)

    def _go(self, end):
        text, at = self.rawdata, 0
        while at < len(text):
            if self._cdata:
                close = text.lower().find("</" + self._cdata, at)
                if close < 0:
                    if end:
                        self._data(text[at:])
                        at = len(text)
                    break
                self._data(text[at:close])
                at, self._cdata = close, None
            less = text.find("<", at)
            if less < 0:
                cut = text.rfind("&", at)
                stop = len(text) if end or cut < 0 or ";" in text[cut:] or len(text) - cut > 34 else cut
                self._data(text[at:stop])
                at = stop
                break
            self._data(text[at:less])
            at = less
            if text.startswith("<!--", at):
                close = text.find("-->", at + 4)
                if close < 0:
                    break
                self.handle_comment(text[at + 4:close])
                at = close + 3
            elif text.startswith("<!", at) or text.startswith("<?", at):
                close = text.find(">", at)
                if close < 0:
                    break
                (self.handle_decl if text[at + 1] == "!" else self.handle_pi)(text[at + 2:close])
                at = close + 1
            else:
                found = _tag.match(text, at)
                if found is None:
                    if text.find(">", at) < 0 and not end and text[at + 1:at + 2].isalpha():
                        break
                    self._data("<")
                    at += 1
                    continue
                at = found.end()
                self._text = found.group()
                self._element(found.group(1), found.group(2).lower(), found.group(3))
        self.rawdata = text[at:]

    def _element(self, slash, tag, rest):
        if slash:
            self.handle_endtag(tag)
            return
        closed = rest.rstrip().endswith("/")
        attributes = []
        for found in _attribute.finditer(rest.rstrip()[:-1] if closed else rest):
            values = [each for each in found.groups()[1:] if each is not None]
            attributes.append((found.group(1).lower(), html.unescape(values[0]) if values else None))
        if closed:
            self.handle_startendtag(tag, attributes)
            return
        self.handle_starttag(tag, attributes)
        if tag in self.CDATA_CONTENT_ELEMENTS:
            self._cdata = tag

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_starttag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        pass

    def handle_data(self, data):
        pass

    handle_comment = handle_decl = handle_pi = handle_entityref = handle_charref = unknown_decl = handle_data
