# gc (Python 3.13 library reference): nothing is collected during a run.
def collect(generation=2):
    return 0


def enable():
    pass


disable = freeze = unfreeze = enable


def isenabled():
    return True


def get_objects(generation=None):
    return []


def set_threshold(*thresholds):
    pass
