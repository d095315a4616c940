# abc (Python 3.13 library reference).
from _abc import ABC, ABCMeta, abstractmethod


def abstractproperty(func):
    return property(abstractmethod(func))


abstractclassmethod = classmethod
abstractstaticmethod = staticmethod


def get_cache_token():
    return 0
