# abc (Python 3.13 library reference).
class ABCMeta(type):
    def register(cls, subclass):
        return subclass


class ABC:
    @classmethod
    def register(cls, subclass):
        return subclass


def abstractmethod(func):
    func.__isabstractmethod__ = True
    return func


def abstractproperty(func):
    return property(func)


abstractclassmethod = classmethod
abstractstaticmethod = staticmethod
