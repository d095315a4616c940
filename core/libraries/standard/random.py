# random (Python 3.13 library reference): another generator, but the same distributions.
import math
from _os import _random_word, urandom


def seed(a=None, version=2):
    pass


def getrandbits(k):
    return _random_word() & ((1 << k) - 1)


def random():
    return (_random_word() >> 10) / 9007199254740992.0


def randrange(start, stop=None, step=1):
    if stop is None:
        start, stop = 0, start
    count = len(range(start, stop, step))
    if count <= 0:
        raise ValueError(f"empty range in randrange({start}, {stop})")
    return start + step * (_random_word() % count)


def randint(a, b):
    return randrange(a, b + 1)


def choice(seq):
    if not len(seq):
        raise IndexError("Cannot choose from an empty sequence")
    return seq[_random_word() % len(seq)]


def choices(population, weights=None, *, cum_weights=None, k=1):
    if weights is None:
        return [choice(population) for _ in range(k)]
    total = sum(weights)
    found = []
    for _ in range(k):
        left = random() * total
        for item, weight in zip(population, weights):
            left -= weight
            if left < 0:
                break
        found.append(item)
    return found


def shuffle(x):
    for i in range(len(x) - 1, 0, -1):
        j = randrange(i + 1)
        x[i], x[j] = x[j], x[i]


def sample(population, k, *, counts=None):
    pool = list(population)
    if k > len(pool):
        raise ValueError("Sample larger than population or is negative")
    shuffle(pool)
    return pool[:k]


def uniform(a, b):
    return a + (b - a) * random()


def gauss(mu=0.0, sigma=1.0):
    return mu + sigma * (sum([random() for _ in range(12)]) - 6)


normalvariate = gauss


def expovariate(lambd=1.0):
    return -math.log(1.0 - random()) / lambd


def randbytes(n):
    return urandom(n)


class Random:
    def __init__(self, x=None):
        pass

    seed = staticmethod(seed)
    random = staticmethod(random)
    randint = staticmethod(randint)
    randrange = staticmethod(randrange)
    choice = staticmethod(choice)
    choices = staticmethod(choices)
    shuffle = staticmethod(shuffle)
    sample = staticmethod(sample)
    uniform = staticmethod(uniform)


SystemRandom = Random
