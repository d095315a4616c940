# logging (Python 3.13 library reference): what applications do with loggers. Records of level
# WARNING and above (or what basicConfig asks for) are printed, as Python's last-resort handler does.
CRITICAL, FATAL, ERROR, WARNING, WARN, INFO, DEBUG, NOTSET = 50, 50, 40, 30, 30, 20, 10, 0
_names = {50: "CRITICAL", 40: "ERROR", 30: "WARNING", 20: "INFO", 10: "DEBUG", 0: "NOTSET"}
_levels = {name: level for level, name in _names.items()}
_levels["WARN"] = 30
_levels["FATAL"] = 50
raiseExceptions = True
BASIC_FORMAT = "%(levelname)s:%(name)s:%(message)s"


def getLevelName(level):
    return _names.get(level, _levels.get(level, f"Level {level}"))


def addLevelName(level, name):
    _names[level] = name
    _levels[name] = level


def _level(level):
    return _levels.get(level, NOTSET) if isinstance(level, str) else level


class LogRecord:
    def __init__(self, name, level, pathname, lineno, msg, args, exc_info, func=None, **extra):
        self.name, self.msg, self.args, self.levelno = name, msg, args, level
        self.levelname = getLevelName(level)
        self.pathname, self.filename, self.module = pathname, pathname, "snippet"
        self.lineno, self.funcName, self.exc_info = lineno, func, exc_info
        self.created = 0.0
        self.process, self.processName = 1, "MainProcess"
        self.threadName = "MainThread"
        self.__dict__.update(extra)

    def getMessage(self):
        text = str(self.msg)
        if self.args:
            text = text % (self.args[0] if len(self.args) == 1 and isinstance(self.args[0], dict)
                           else self.args)
        return text


class Formatter:
    def __init__(self, fmt=None, datefmt=None, style="%", validate=True, *, defaults=None):
        self._fmt, self._style = fmt or "%(message)s", style

    def formatTime(self, record, datefmt=None):
        return "2026-01-01 00:00:00,000"

    def formatException(self, exc_info):
        return ""

    def format(self, record):
        record.message = record.getMessage()
        values = dict(record.__dict__)
        values.setdefault("asctime", self.formatTime(record))
        if self._style == "{":
            return self._fmt.format(**values)
        return self._fmt % values


class Filter:
    def __init__(self, name=""):
        self.name = name

    def filter(self, record):
        return True


class Filterer:
    def __init__(self):
        self.filters = []

    def addFilter(self, filter):
        self.filters.append(filter)

    def removeFilter(self, filter):
        if filter in self.filters:
            self.filters.remove(filter)

    def filter(self, record):
        for each in self.filters:
            passed = each.filter(record) if hasattr(each, "filter") else each(record)
            if not passed:
                return False
        return True


class Handler(Filterer):
    def __init__(self, level=NOTSET):
        super().__init__()
        self.level = _level(level)
        self.formatter = None

    def setLevel(self, level):
        self.level = _level(level)

    def setFormatter(self, fmt):
        self.formatter = fmt

    def format(self, record):
        return (self.formatter or Formatter()).format(record)

    def emit(self, record):
        print(self.format(record))

    def handle(self, record):
        if record.levelno >= self.level and self.filter(record):
            self.emit(record)

    def flush(self):
        pass

    def close(self):
        pass

    def acquire(self):
        pass

    def release(self):
        pass


class StreamHandler(Handler):
    def __init__(self, stream=None):
        super().__init__()
        self.stream = stream


class FileHandler(StreamHandler):
    def __init__(self, filename, mode="a", encoding=None, delay=False, errors=None):
        super().__init__()


class NullHandler(Handler):
    def emit(self, record):
        pass


class Logger(Filterer):
    def __init__(self, name, level=NOTSET):
        super().__init__()
        self.name, self.level, self.handlers = name, _level(level), []
        self.propagate, self.disabled, self.parent = True, False, None

    def setLevel(self, level):
        self.level = _level(level)

    def getEffectiveLevel(self):
        logger = self
        while logger is not None:
            if logger.level:
                return logger.level
            logger = logger.parent
        return NOTSET

    def isEnabledFor(self, level):
        return not self.disabled and level >= self.getEffectiveLevel()

    def addHandler(self, handler):
        if handler not in self.handlers:
            self.handlers.append(handler)

    def removeHandler(self, handler):
        if handler in self.handlers:
            self.handlers.remove(handler)

    def hasHandlers(self):
        return bool(self.handlers)

    def getChild(self, suffix):
        return getLogger(suffix if self is root else f"{self.name}.{suffix}")

    def _log(self, level, msg, args, exc_info=None, extra=None, stack_info=False, stacklevel=1):
        if not self.isEnabledFor(level):
            return
        record = LogRecord(self.name, level, "snippet.py", 0, msg, args, exc_info)
        if extra:
            record.__dict__.update(extra)
        self.handle(record)

    def handle(self, record):
        if not self.filter(record):
            return
        logger, found = self, False
        while logger is not None:
            for handler in logger.handlers:
                found = True
                handler.handle(record)
            if not logger.propagate:
                break
            logger = logger.parent
        if not found and record.levelno >= WARNING:
            print(record.getMessage())

    def log(self, level, msg, *args, **kwds):
        self._log(_level(level), msg, args, **kwds)

    def debug(self, msg, *args, **kwds):
        self._log(DEBUG, msg, args, **kwds)

    def info(self, msg, *args, **kwds):
        self._log(INFO, msg, args, **kwds)

    def warning(self, msg, *args, **kwds):
        self._log(WARNING, msg, args, **kwds)

    warn = warning

    def error(self, msg, *args, **kwds):
        self._log(ERROR, msg, args, **kwds)

    def exception(self, msg, *args, exc_info=True, **kwds):
        self._log(ERROR, msg, args, exc_info=exc_info, **kwds)

    def critical(self, msg, *args, **kwds):
        self._log(CRITICAL, msg, args, **kwds)

    fatal = critical


class LoggerAdapter:
    def __init__(self, logger, extra=None, merge_extra=False):
        self.logger, self.extra = logger, extra

    def process(self, msg, kwds):
        return msg, kwds

    def __getattr__(self, name):
        return getattr(self.logger, name)


root = Logger("root", WARNING)
_loggers = {}


def getLogger(name=None):
    if not name or name == "root":
        return root
    if name not in _loggers:
        logger = _loggers[name] = Logger(name)
        parent = name.rpartition(".")[0]
        logger.parent = getLogger(parent) if parent else root
    return _loggers[name]


def basicConfig(*, level=None, format=BASIC_FORMAT, datefmt=None, handlers=None, force=False,
                style="%", stream=None, filename=None, filemode="a", encoding=None, errors=None):
    if root.handlers and not force:
        return
    if force:
        root.handlers.clear()
    for handler in handlers or [StreamHandler(stream)]:
        if handler.formatter is None:
            handler.setFormatter(Formatter(format, datefmt, style))
        root.addHandler(handler)
    if level is not None:
        root.setLevel(level)


def _root_call(name):
    def call(msg, *args, **kwds):
        if not root.handlers:
            basicConfig()
        getattr(root, name)(msg, *args, **kwds)
    return call


debug, info, warning, error, exception, critical = [
    _root_call(name) for name in ("debug", "info", "warning", "error", "exception", "critical")]
warn, fatal = warning, critical


def log(level, msg, *args, **kwds):
    if not root.handlers:
        basicConfig()
    root.log(level, msg, *args, **kwds)


def disable(level=CRITICAL):
    root.disabled = True


def captureWarnings(capture):
    pass


def shutdown():
    pass


def getLoggerClass():
    return Logger


def setLoggerClass(cls):
    pass
