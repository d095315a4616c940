# csv (Python 3.13 library reference), the dialects excel and unix.
QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE = range(4)


class Error(Exception):
    pass


class excel:
    delimiter, quotechar, lineterminator, quoting, skipinitialspace = ",", '"', "\r\n", QUOTE_MINIMAL, False


class excel_tab(excel):
    delimiter = "\t"


class unix_dialect(excel):
    lineterminator, quoting = "\n", QUOTE_ALL


Dialect = excel
_DIALECTS = {"excel": excel, "excel-tab": excel_tab, "unix": unix_dialect}


class _Format:
    def __init__(self, dialect, options):
        base = _DIALECTS[dialect] if isinstance(dialect, str) else dialect
        for name in ("delimiter", "quotechar", "lineterminator", "quoting", "skipinitialspace"):
            setattr(self, name, options.get(name, getattr(base, name, getattr(excel, name))))


class _Reader:
    def __init__(self, lines, dialect="excel", **options):
        self._lines, self.line_num, self._format = iter(lines), 0, _Format(dialect, options)

    def __iter__(self):
        return self

    def __next__(self):
        row, field, quoted, was_quoted = [], "", False, False
        line = self._line()
        while True:
            at = 0
            while at < len(line):
                c = line[at]
                at += 1
                if quoted:
                    if c != self._format.quotechar:
                        field += c
                    elif line[at:at + 1] == c:
                        field += c
                        at += 1
                    else:
                        quoted = False
                elif c == self._format.quotechar and not field and self._format.quoting != QUOTE_NONE:
                    quoted = was_quoted = True
                elif c == self._format.delimiter:
                    row.append(self._made(field, was_quoted))
                    field, was_quoted = "", False
                elif c in "\r\n":
                    break
                elif not (c == " " and not field and self._format.skipinitialspace):
                    field += c
            if not quoted:
                break
            try:
                line = self._line()
            except StopIteration:
                break
        if not row and not field and not was_quoted:
            return []
        return row + [self._made(field, was_quoted)]

    def _made(self, field, was_quoted):
        return float(field) if self._format.quoting == QUOTE_NONNUMERIC and not was_quoted else field

    def _line(self):
        line = next(self._lines)
        if not isinstance(line, str):
            raise Error("iterator should return strings, not bytes (the file should be opened in text mode)")
        self.line_num += 1
        return line


class _Writer:
    def __init__(self, file, dialect="excel", **options):
        self._file, self._format = file, _Format(dialect, options)

    def writerow(self, row):
        how, out = self._format, []
        for value in row:
            text = "" if value is None else value if isinstance(value, str) else repr(value) if isinstance(value, float) else str(value)
            special = any(c in text for c in (how.delimiter, how.quotechar, "\r", "\n"))
            if how.quoting == QUOTE_ALL or special and how.quoting != QUOTE_NONE or how.quoting == QUOTE_NONNUMERIC and not isinstance(value, (int, float)):
                text = how.quotechar + text.replace(how.quotechar, how.quotechar * 2) + how.quotechar
            out.append(text)
        if out == [""]:
            out = ['""']
        return self._file.write(how.delimiter.join(out) + how.lineterminator)

    def writerows(self, rows):
        for row in rows:
            self.writerow(row)


reader, writer = _Reader, _Writer


class DictReader:
    def __init__(self, f, fieldnames=None, restkey=None, restval=None, dialect="excel", **options):
        self.reader = _Reader(f, dialect, **options)
        self._names, self.restkey, self.restval = fieldnames, restkey, restval

    @property
    def fieldnames(self):
        if self._names is None:
            self._names = next(self.reader, None)
        return self._names

    @property
    def line_num(self):
        return self.reader.line_num

    def __iter__(self):
        return self

    def __next__(self):
        names = self.fieldnames
        row = next(self.reader)
        while not row:
            row = next(self.reader)
        made = dict(zip(names, row))
        if len(row) > len(names):
            made[self.restkey] = row[len(names):]
        for name in names[len(row):]:
            made[name] = self.restval
        return made


class DictWriter:
    def __init__(self, f, fieldnames, restval="", extrasaction="raise", dialect="excel", **options):
        self.fieldnames, self.restval, self.extrasaction = list(fieldnames), restval, extrasaction
        self.writer = _Writer(f, dialect, **options)

    def writeheader(self):
        return self.writer.writerow(self.fieldnames)

    def writerow(self, rowdict):
        extra = [name for name in rowdict if name not in self.fieldnames]
        if extra and self.extrasaction == "raise":
            raise ValueError("dict contains fields not in fieldnames: " + ", ".join([repr(x) for x in extra]))
        return self.writer.writerow([rowdict.get(name, self.restval) for name in self.fieldnames])

    def writerows(self, rowdicts):
        for row in rowdicts:
            self.writerow(row)
