# timeit (Python 3.13 library reference): on the virtual clock.
from time import perf_counter as default_timer


def timeit(stmt="pass", setup="pass", timer=default_timer, number=1000000, globals=None):
    if not callable(stmt):
        return _not_modelled("timeit of source text")
    if callable(setup):
        setup()
    begin = timer()
    for _ in range(number):
        stmt()
    return timer() - begin
