# itertools (Python 3.13 library reference).
class chain:
    def __init__(self, *iterables):
        self._items = (item for iterable in iterables for item in iterable)

    def __iter__(self):
        return self._items

    def __next__(self):
        return next(self._items)

    @staticmethod
    def from_iterable(iterables):
        return (item for iterable in iterables for item in iterable)


def count(start=0, step=1):
    while True:
        yield start
        start += step


def cycle(iterable):
    saved = []
    for item in iterable:
        yield item
        saved.append(item)
    while saved:
        for item in saved:
            yield item


def repeat(object, times=None):
    if times is None:
        while True:
            yield object
    for _ in range(times):
        yield object


def accumulate(iterable, func=None, *, initial=None):
    iterator = iter(iterable)
    total = initial
    if initial is None:
        try:
            total = next(iterator)
        except StopIteration:
            return
    yield total
    for item in iterator:
        total = total + item if func is None else func(total, item)
        yield total


def batched(iterable, n, *, strict=False):
    if n < 1:
        raise ValueError("n must be at least one")
    iterator = iter(iterable)
    while batch := tuple(islice(iterator, n)):
        if strict and len(batch) != n:
            raise ValueError("batched(): incomplete batch")
        yield batch


def compress(data, selectors):
    return (item for item, wanted in zip(data, selectors) if wanted)


def dropwhile(predicate, iterable):
    iterator = iter(iterable)
    for item in iterator:
        if not predicate(item):
            yield item
            break
    yield from iterator


def takewhile(predicate, iterable):
    for item in iterable:
        if not predicate(item):
            return
        yield item


def filterfalse(predicate, iterable):
    return (item for item in iterable if not (predicate(item) if predicate else item))


def groupby(iterable, key=None):
    group, current, started = [], None, False
    for item in iterable:
        this = item if key is None else key(item)
        if started and this != current:
            yield current, iter(group)
            group = []
        current, started = this, True
        group.append(item)
    if started:
        yield current, iter(group)


def islice(iterable, *args):
    bounds = slice(*args)
    start, stop, step = bounds.start or 0, bounds.stop, bounds.step or 1
    if stop is not None and stop <= start:
        return
    position, wanted = 0, start
    for item in iterable:
        if position == wanted:
            yield item
            wanted += step
        position += 1
        if stop is not None and (position >= stop or wanted >= stop):
            return


def pairwise(iterable):
    iterator = iter(iterable)
    before = next(iterator, None)
    for item in iterator:
        yield before, item
        before = item


def starmap(function, iterable):
    return (function(*args) for args in iterable)


def tee(iterable, n=2):
    items = list(iterable)
    return tuple(iter(items) for _ in range(n))


def zip_longest(*iterables, fillvalue=None):
    iterators = [iter(each) for each in iterables]
    missing = object()
    while True:
        row = [next(each, missing) for each in iterators]
        if all(item is missing for item in row):
            return
        yield tuple(fillvalue if item is missing else item for item in row)


def product(*iterables, repeat=1):
    pools = [tuple(each) for each in iterables] * repeat
    results = [()]
    for pool in pools:
        results = [before + (item,) for before in results for item in pool]
    yield from results


def permutations(iterable, r=None):
    pool = tuple(iterable)
    wanted = len(pool) if r is None else r
    for indices in product(range(len(pool)), repeat=wanted):
        if len(set(indices)) == wanted:
            yield tuple(pool[i] for i in indices)


def combinations(iterable, r):
    pool = tuple(iterable)
    for indices in product(range(len(pool)), repeat=r):
        if all(a < b for a, b in pairwise(indices)):
            yield tuple(pool[i] for i in indices)


def combinations_with_replacement(iterable, r):
    pool = tuple(iterable)
    for indices in product(range(len(pool)), repeat=r):
        if all(a <= b for a, b in pairwise(indices)):
            yield tuple(pool[i] for i in indices)
