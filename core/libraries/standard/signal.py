# signal (Python 3.13 library reference): handlers can be set; nobody sends a signal here.
import enum


class Signals(enum.IntEnum):
    SIGHUP, SIGINT, SIGQUIT, SIGABRT, SIGKILL, SIGUSR1, SIGSEGV, SIGUSR2 = 1, 2, 3, 6, 9, 10, 11, 12
    SIGPIPE, SIGALRM, SIGTERM, SIGCHLD = 13, 14, 15, 17


class Handlers(enum.IntEnum):
    SIG_DFL, SIG_IGN = 0, 1


SIG_DFL, SIG_IGN = Handlers
(SIGHUP, SIGINT, SIGQUIT, SIGABRT, SIGKILL, SIGUSR1, SIGSEGV, SIGUSR2, SIGPIPE, SIGALRM, SIGTERM, SIGCHLD) = Signals
_handlers = {}


def signal(signalnum, handler):
    before = _handlers.get(signalnum, SIG_DFL)
    _handlers[signalnum] = handler
    return before


def getsignal(signalnum):
    return _handlers.get(signalnum, SIG_DFL)


def alarm(seconds):
    return 0
