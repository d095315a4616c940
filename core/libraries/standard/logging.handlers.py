# logging.handlers: handlers that would write elsewhere keep quiet.
from logging import NullHandler


class RotatingFileHandler(NullHandler):
    def __init__(self, *args, **kwds):
        super().__init__()


TimedRotatingFileHandler = SysLogHandler = QueueHandler = MemoryHandler = RotatingFileHandler
WatchedFileHandler = RotatingFileHandler
