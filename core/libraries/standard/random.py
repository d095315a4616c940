# random (Python 3.13 library reference). Seeded it is CPython's Mersenne Twister, number for number; without a
# seed it takes the host's randomness.
from _os import _random_word, urandom
from bisect import bisect as _bisect
from hashlib import sha512 as _sha512
from itertools import accumulate as _accumulate
from math import ceil as _ceil, cos as _cos, log as _log, sin as _sin, sqrt as _sqrt

_N, _M = 624, 397


def _seeded(keys):
    # init_by_array of Matsumoto and Nishimura's mt19937ar.c
    state = [19650218]
    for i in range(1, _N):
        state.append(1812433253 * (state[-1] ^ state[-1] >> 30) + i & 0xFFFFFFFF)
    i, j = 1, 0
    for _ in range(max(_N, len(keys))):
        state[i] = (state[i] ^ (state[i - 1] ^ state[i - 1] >> 30) * 1664525) + keys[j] + j & 0xFFFFFFFF
        i, j = i + 1, (j + 1) % len(keys)
        if i >= _N:
            state[0], i = state[_N - 1], 1
    for _ in range(_N - 1):
        state[i] = (state[i] ^ (state[i - 1] ^ state[i - 1] >> 30) * 1566083941) - i & 0xFFFFFFFF
        i += 1
        if i >= _N:
            state[0], i = state[_N - 1], 1
    state[0] = 0x80000000
    return state


class Random:
    def __init__(self, x=None):
        self._state, self._at, self._next = None, _N, None
        if x is not None:
            self.seed(x)

    def seed(self, a=None, version=2):
        self._at, self._next = _N, None
        if a is None:
            self._state = None
            return
        if isinstance(a, (str, bytes, bytearray)):
            data = a.encode() if isinstance(a, str) else bytes(a)
            data += _sha512(data).digest()
            data = bytes(-len(data) % 4) + data
            keys = [int.from_bytes(data[i:i + 4], "big") for i in range(len(data) - 4, -1, -4)]
            while len(keys) > 1 and keys[-1] == 0:
                keys.pop()
        else:
            if isinstance(a, float):
                a = hash(a)
            a, keys = abs(a), []
            while a or not keys:
                keys.append(a & 0xFFFFFFFF)
                a >>= 32
        self._state = _seeded(keys)

    def _word(self):
        state = self._state
        if state is None:
            return _random_word() & 0xFFFFFFFF
        if self._at >= _N:
            for i in range(_N):
                y = state[i] & 0x80000000 | state[(i + 1) % _N] & 0x7FFFFFFF
                state[i] = state[(i + _M) % _N] ^ y >> 1 ^ (0x9908B0DF if y & 1 else 0)
            self._at = 0
        y = state[self._at]
        self._at += 1
        y ^= y >> 11
        y ^= y << 7 & 0x9D2C5680
        y ^= y << 15 & 0xEFC60000
        return y ^ y >> 18

    def random(self):
        return ((self._word() >> 5) * 67108864 + (self._word() >> 6)) / 9007199254740992.0

    def getrandbits(self, k):
        if k <= 32:
            return self._word() >> 32 - k if k else 0
        found = at = 0
        while k > 0:
            found |= (self._word() >> max(32 - k, 0)) << at
            at, k = at + 32, k - 32
        return found

    def _below(self, n):
        k = n.bit_length()
        found = self.getrandbits(k)
        while found >= n:
            found = self.getrandbits(k)
        return found

    def randrange(self, start, stop=None, step=1):
        if stop is None:
            start, stop = 0, start
        count = len(range(start, stop, step))
        if count <= 0:
            raise ValueError(f"empty range in randrange({start}, {stop})")
        return start + step * self._below(count)

    def randint(self, a, b):
        return self.randrange(a, b + 1)

    def choice(self, seq):
        if not len(seq):
            raise IndexError("Cannot choose from an empty sequence")
        return seq[self._below(len(seq))]

    def choices(self, population, weights=None, *, cum_weights=None, k=1):
        n = len(population)
        if cum_weights is None:
            if weights is None:
                return [population[int(self.random() * n)] for _ in range(k)]
            cum_weights = list(_accumulate(weights))
        total = cum_weights[-1] + 0.0
        return [population[_bisect(cum_weights, self.random() * total, 0, n - 1)] for _ in range(k)]

    def shuffle(self, x):
        for i in reversed(range(1, len(x))):
            j = self._below(i + 1)
            x[i], x[j] = x[j], x[i]

    def sample(self, population, k, *, counts=None):
        pool = list(population)
        n = len(pool)
        if not 0 <= k <= n:
            raise ValueError("Sample larger than population or is negative")
        if n <= 21 + (4 ** _ceil(_log(k * 3, 4)) if k > 5 else 0):
            found = []
            for i in range(k):
                j = self._below(n - i)
                found.append(pool[j])
                pool[j] = pool[n - i - 1]
            return found
        taken = []
        while len(taken) < k:
            j = self._below(n)
            if j not in taken:
                taken.append(j)
        return [pool[j] for j in taken]

    def uniform(self, a, b):
        return a + (b - a) * self.random()

    def triangular(self, low=0.0, high=1.0, mode=None):
        u, c = self.random(), 0.5 if mode is None else (mode - low) / (high - low)
        if u > c:
            u, c, low, high = 1.0 - u, 1.0 - c, high, low
        return low + (high - low) * _sqrt(u * c)

    def gauss(self, mu=0.0, sigma=1.0):
        z, self._next = self._next, None
        if z is None:
            angle = self.random() * 6.283185307179586
            radius = _sqrt(-2.0 * _log(1.0 - self.random()))
            z, self._next = _cos(angle) * radius, _sin(angle) * radius
        return mu + z * sigma

    def normalvariate(self, mu=0.0, sigma=1.0):
        while True:
            u1, u2 = self.random(), 1.0 - self.random()
            z = 1.7155277699214135 * (u1 - 0.5) / u2
            if z * z / 4.0 <= -_log(u2):
                return mu + z * sigma

    def expovariate(self, lambd=1.0):
        return -_log(1.0 - self.random()) / lambd

    def randbytes(self, n):
        return urandom(n) if self._state is None else self.getrandbits(n * 8).to_bytes(n, "little")


class SystemRandom(Random):
    def seed(self, *args, **kwds):
        pass


_inst = Random()
seed, random, getrandbits, randrange, randint = (
    _inst.seed, _inst.random, _inst.getrandbits, _inst.randrange, _inst.randint)
choice, choices, shuffle, sample, uniform = _inst.choice, _inst.choices, _inst.shuffle, _inst.sample, _inst.uniform
triangular, gauss, normalvariate, expovariate, randbytes = (
    _inst.triangular, _inst.gauss, _inst.normalvariate, _inst.expovariate, _inst.randbytes)
