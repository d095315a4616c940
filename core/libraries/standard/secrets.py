# secrets (Python 3.13 library reference), from the run's seed.
import base64
from _os import _random_word, urandom
from hmac import compare_digest

DEFAULT_ENTROPY = 32


def token_bytes(nbytes=None):
    return urandom(DEFAULT_ENTROPY if nbytes is None else nbytes)


def token_hex(nbytes=None):
    return token_bytes(nbytes).hex()


def token_urlsafe(nbytes=None):
    return base64.urlsafe_b64encode(token_bytes(nbytes)).rstrip(b"=").decode("ascii")


def randbelow(exclusive_upper_bound):
    if exclusive_upper_bound <= 0:
        raise ValueError("Upper bound must be positive.")
    return _random_word() % exclusive_upper_bound


def randbits(k):
    return _random_word() & ((1 << k) - 1)


def choice(sequence):
    return sequence[randbelow(len(sequence))]


class SystemRandom:
    choice = staticmethod(choice)
    randrange = staticmethod(lambda start, stop=None: randbelow(start) if stop is None
                             else start + randbelow(stop - start))
    randint = staticmethod(lambda a, b: a + randbelow(b - a + 1))
