# platform (Python 3.13 library reference): the machine of the simulation.
import collections

uname_result = collections.namedtuple("uname_result", "system node release version machine")


def uname():
    return uname_result("Linux", node(), "6.12", "#1 SMP", "x86_64")


def system():
    return "Linux"


def node():
    return "localhost"


def release():
    return "6.12"


def version():
    return "#1 SMP"


def machine():
    return "x86_64"


def processor():
    return ""


def platform(aliased=False, terse=False):
    return "Linux-6.12-x86_64-with-glibc2.41"


def python_version():
    return "3.13.5"


def python_version_tuple():
    return "3", "13", "5"


def python_implementation():
    return "CPython"


def architecture(*args):
    return "64bit", "ELF"
