# getpass (Python 3.13 library reference).
def getuser():
    return "root"


def getpass(prompt="Password: ", stream=None):
    return _not_modelled("getpass.getpass")
