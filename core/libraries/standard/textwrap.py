# textwrap (Python 3.13 library reference).
def dedent(text):
    lines = text.split("\n")
    margins = [len(line) - len(line.lstrip()) for line in lines if line.strip()]
    margin = min(margins) if margins else 0
    return "\n".join([line[margin:] if line.strip() else "" for line in lines])


def indent(text, prefix, predicate=None):
    return "".join([prefix + line if (predicate or str.strip)(line) else line
                    for line in text.splitlines(True)])


def wrap(text, width=70, **kwds):
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return lines + [line] if line else lines


def fill(text, width=70, **kwds):
    return "\n".join(wrap(text, width))


def shorten(text, width, *, placeholder=" [...]", **kwds):
    text = " ".join(text.split())
    return text if len(text) <= width else text[:max(0, width - len(placeholder))].rstrip() + placeholder
