# configparser (Python 3.13 library reference).
import os

DEFAULTSECT = "DEFAULT"
_UNSET = object()


class Error(Exception):
    def __init__(self, msg=""):
        super().__init__(msg)
        self.message = msg


class NoSectionError(Error):
    def __init__(self, section):
        super().__init__(f"No section: {section!r}")
        self.section = section


class DuplicateSectionError(Error):
    def __init__(self, section, source=None, lineno=None):
        place = f"While reading from {source!r}" + (f" [line {lineno:2d}]" if lineno else "") + ": section " if source else "Section "
        super().__init__(f"{place}{section!r} already exists")
        self.section, self.source, self.lineno = section, source, lineno


class DuplicateOptionError(Error):
    def __init__(self, section, option, source=None, lineno=None):
        super().__init__(f"While reading from {source!r} [line {lineno:2d}]: option {option!r} in section {section!r} already exists")
        self.section, self.option, self.source, self.lineno = section, option, source, lineno


class NoOptionError(Error):
    def __init__(self, option, section):
        super().__init__(f"No option {option!r} in section: {section!r}")
        self.option, self.section = option, section


class InterpolationError(Error):
    pass


class InterpolationMissingOptionError(InterpolationError):
    def __init__(self, option, section, rawval, reference):
        super().__init__(f"Bad value substitution: option {option!r} in section {section!r} contains an interpolation "
                         f"key {reference!r} which is not a valid option name. Raw value: {rawval!r}")


class ParsingError(Error):
    def __init__(self, source):
        super().__init__(f"Source contains parsing errors: {source!r}")
        self.source, self.errors = source, []


class MissingSectionHeaderError(ParsingError):
    def __init__(self, filename, lineno, line):
        Error.__init__(self, f"File contains no section headers.\nfile: {filename!r}, line: {lineno}\n{line!r}")
        self.source, self.lineno, self.line = filename, lineno, line


class Interpolation:
    pass


class BasicInterpolation(Interpolation):
    pass


class ExtendedInterpolation(Interpolation):
    pass


class SectionProxy:
    def __init__(self, parser, name):
        self.parser, self.name = parser, name

    def __repr__(self):
        return f"<Section: {self.name}>"

    def __getitem__(self, key):
        if not self.parser.has_option(self.name, key):
            raise KeyError(key)
        return self.parser.get(self.name, key)

    def __setitem__(self, key, value):
        self.parser.set(self.name, key, value)

    def __delitem__(self, key):
        if not self.parser.remove_option(self.name, key):
            raise KeyError(key)

    def __contains__(self, key):
        return self.parser.has_option(self.name, key)

    def __iter__(self):
        return iter(self.keys())

    def __len__(self):
        return len(self.keys())

    def keys(self):
        return list(self.parser._all(self.name))

    def items(self):
        return [(key, self[key]) for key in self.keys()]

    def values(self):
        return [self[key] for key in self.keys()]

    def get(self, option, fallback=None, *, raw=False, vars=None, **kwargs):
        return self.parser.get(self.name, option, raw=raw, fallback=fallback)

    def getint(self, option, fallback=None, **kwargs):
        return self.parser.getint(self.name, option, fallback=fallback)

    def getfloat(self, option, fallback=None, **kwargs):
        return self.parser.getfloat(self.name, option, fallback=fallback)

    def getboolean(self, option, fallback=None, **kwargs):
        return self.parser.getboolean(self.name, option, fallback=fallback)


class RawConfigParser:
    BOOLEAN_STATES = {"1": True, "yes": True, "true": True, "on": True, "0": False, "no": False, "false": False, "off": False}
    _interpolates = False

    def __init__(self, defaults=None, dict_type=dict, allow_no_value=False, *, delimiters=("=", ":"),
                 comment_prefixes=("#", ";"), inline_comment_prefixes=None, strict=True, empty_lines_in_values=True,
                 default_section=DEFAULTSECT, interpolation=_UNSET, converters={}, allow_unnamed_section=False):
        self.default_section = default_section
        self._sections = {default_section: {}}
        self._no_value, self._delimiters, self._strict = allow_no_value, delimiters, strict
        self._comments, self._inline = comment_prefixes, inline_comment_prefixes or ()
        if interpolation is None:
            self._interpolates = False
        self._extended = isinstance(interpolation, ExtendedInterpolation)
        for key, value in (defaults or {}).items():
            self._sections[default_section][self.optionxform(key)] = str(value)

    def optionxform(self, optionstr):
        return optionstr.lower()

    def defaults(self):
        return self._sections[self.default_section]

    def sections(self):
        return [each for each in self._sections if each != self.default_section]

    def add_section(self, section):
        if section in self._sections:
            if section == self.default_section:
                raise ValueError(f"Invalid section name: {section!r}")
            raise DuplicateSectionError(section)
        self._sections[section] = {}

    def has_section(self, section):
        return section in self.sections()

    def _all(self, section):
        if section not in self._sections:
            raise NoSectionError(section)
        return {**self._sections[section], **{key: value for key, value in self.defaults().items() if key not in self._sections[section]}}

    def options(self, section):
        return list(self._all(section))

    def has_option(self, section, option):
        return section in self._sections and self.optionxform(option) in self._all(section)

    def read(self, filenames, encoding=None):
        done = []
        for name in [filenames] if isinstance(filenames, (str, bytes)) or hasattr(filenames, "__fspath__") else filenames:
            try:
                with open(name) as file:
                    text = file.read()
            except OSError:
                continue
            self._read(text, os.fspath(name))
            done.append(os.fspath(name))
        return done

    def read_file(self, f, source=None):
        self._read("".join(f), source or getattr(f, "name", "<???>"))

    def read_string(self, string, source="<string>"):
        self._read(string, source)

    def read_dict(self, dictionary, source="<dict>"):
        for section, keys in dictionary.items():
            self._sections.setdefault(str(section), {})
            for key, value in keys.items():
                self._sections[str(section)][self.optionxform(str(key))] = None if value is None else str(value)

    def _read(self, text, source):
        section, key, seen, indent = None, None, set(), 0
        for number, line in enumerate(text.splitlines(), 1):
            plain = line.strip()
            for mark in self._inline:
                at = plain.find(mark)
                if at == 0 or (at > 0 and plain[at - 1].isspace()):
                    plain = plain[:at].strip()
            if plain.startswith(tuple(self._comments)):
                continue
            if not plain:
                if key is not None and isinstance(section.get(key), list):
                    section[key].append("")
                continue
            depth = len(line) - len(line.lstrip())
            if section is not None and key is not None and depth > indent:
                section[key].append(plain)
                continue
            indent = depth
            if plain.startswith("[") and "]" in plain:
                name = plain[1:plain.rindex("]")]
                if name in seen and self._strict and name != self.default_section:
                    raise DuplicateSectionError(name, source, number)
                seen.add(name)
                section, key = self._sections.setdefault(name, {}), None
                continue
            if section is None:
                raise MissingSectionHeaderError(source, number, line + "\n")
            found = [plain.find(each) for each in self._delimiters if each in plain]
            if not found and not self._no_value or found and min(found) == 0:
                error = ParsingError(source)
                error.errors.append((number, repr(line + "\n")))
                error.args = (error.args[0] + f"\n\t[line {number:2d}]: {line + chr(10)!r}",)
                raise error
            at = min(found) if found else len(plain)
            key = self.optionxform(plain[:at].rstrip())
            if self._strict and (name, key) in seen:
                raise DuplicateOptionError(name, key, source, number)
            seen.add((name, key))
            section[key] = [plain[at + 1:].strip()] if found else None
        for options in self._sections.values():
            for option, lines in options.items():
                if isinstance(lines, list):
                    options[option] = "\n".join(lines).rstrip()

    def _interpolated(self, section, option, value, depth=0):
        if not self._interpolates or value is None:
            return value
        if self._extended:
            return _not_modelled("configparser.ExtendedInterpolation")
        out, rest = [], value
        while "%" in rest:
            before, _, rest = rest.partition("%")
            out.append(before)
            if rest.startswith("%"):
                out.append("%")
                rest = rest[1:]
            elif rest.startswith("(") and ")s" in rest:
                name = self.optionxform(rest[1:rest.index(")s")])
                rest = rest[rest.index(")s") + 2:]
                if name not in self._all(section) or depth > 9:
                    raise InterpolationMissingOptionError(option, section, value, name)
                out.append(self._interpolated(section, option, self._all(section)[name], depth + 1))
            else:
                raise InterpolationError(f"'%' must be followed by '%' or '(', found: {'%' + rest!r}")
        return "".join(out) + rest

    def get(self, section, option, *, raw=False, vars=None, fallback=_UNSET):
        key = self.optionxform(option)
        try:
            known = {**self._all(section), **{self.optionxform(k): str(v) for k, v in (vars or {}).items()}}
            if key not in known:
                try:
                    known[key]
                except KeyError:
                    raise NoOptionError(option, section)
        except (NoSectionError, NoOptionError):
            if fallback is _UNSET:
                raise
            return fallback
        return known[key] if raw else self._interpolated(section, option, known[key])

    def _converted(self, convert, section, option, fallback):
        value = self.get(section, option, fallback=_UNSET if fallback is _UNSET else None)
        return fallback if value is None else convert(value)

    def getint(self, section, option, *, raw=False, vars=None, fallback=_UNSET):
        return self._converted(int, section, option, fallback)

    def getfloat(self, section, option, *, raw=False, vars=None, fallback=_UNSET):
        return self._converted(float, section, option, fallback)

    def _boolean(self, value):
        if value.lower() not in self.BOOLEAN_STATES:
            raise ValueError(f"Not a boolean: {value}")
        return self.BOOLEAN_STATES[value.lower()]

    def getboolean(self, section, option, *, raw=False, vars=None, fallback=_UNSET):
        return self._converted(self._boolean, section, option, fallback)

    def items(self, section=_UNSET, raw=False, vars=None):
        if section is _UNSET:
            return [(name, self[name]) for name in self._sections]
        return [(key, self.get(section, key, raw=raw)) for key in self._all(section)]

    def set(self, section, option, value=None):
        if section not in self._sections:
            raise NoSectionError(section)
        if self._interpolates and not isinstance(value, str):
            raise TypeError("option values must be strings")
        self._sections[section][self.optionxform(option)] = value

    def remove_option(self, section, option):
        return self._sections[section].pop(self.optionxform(option), None) is not None

    def remove_section(self, section):
        return self._sections.pop(section, None) is not None

    def write(self, fp, space_around_delimiters=True):
        for name, options in self._sections.items():
            if name == self.default_section and not options:
                continue
            fp.write(f"[{name}]\n")
            for key, value in options.items():
                fp.write(f"{key}{' = ' if space_around_delimiters else '='}{str(value).replace(chr(10), chr(10) + chr(9))}\n"
                         if value is not None else f"{key}\n")
            fp.write("\n")

    def __getitem__(self, key):
        if key not in self._sections:
            raise KeyError(key)
        return SectionProxy(self, key)

    def __setitem__(self, key, value):
        self._sections[key] = {}
        self.read_dict({key: value})

    def __delitem__(self, key):
        if not self.remove_section(key):
            raise KeyError(key)

    def __contains__(self, key):
        return key in self._sections

    def __iter__(self):
        return iter([self.default_section, *self.sections()])

    def __len__(self):
        return len(self._sections)

    def keys(self):
        return list(self)

    def values(self):
        return [self[name] for name in self]


class ConfigParser(RawConfigParser):
    _interpolates = True
