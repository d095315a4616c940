# statistics (Python 3.13 library reference).
import math


class StatisticsError(ValueError):
    pass


def _values(data, name, least=1):
    values = list(data)
    if len(values) < least:
        words = "at least one data point" if least == 1 else "at least two data points"
        raise StatisticsError(f"{name} requires {words}")
    return values


def mean(data):
    values = _values(data, "mean")
    total = sum(values)
    exact = all(isinstance(each, int) for each in values) and total % len(values) == 0
    return total // len(values) if exact else total / len(values)


def fmean(data, weights=None):
    values = _values(data, "fmean")
    if weights is None:
        return math.fsum(values) / len(values)
    weights = list(weights)
    return math.fsum([v * w for v, w in zip(values, weights)]) / math.fsum(weights)


def _sorted(data):
    values = sorted(data)
    if not values:
        raise StatisticsError("no median for empty data")
    return values


def median(data):
    values = _sorted(data)
    half = len(values) // 2
    return values[half] if len(values) % 2 else (values[half - 1] + values[half]) / 2


def median_low(data):
    values = _sorted(data)
    return values[(len(values) - 1) // 2]


def median_high(data):
    values = _sorted(data)
    return values[len(values) // 2]


def multimode(data):
    counts = {}
    for each in data:
        counts[each] = counts.get(each, 0) + 1
    most = max(counts.values(), default=0)
    return [each for each, count in counts.items() if count == most]


def mode(data):
    found = multimode(data)
    if not found:
        raise StatisticsError("no mode for empty data")
    return found[0]


def _squares(values, center):
    center = sum(values) / len(values) if center is None else center
    return math.fsum([(each - center) ** 2 for each in values])


def variance(data, xbar=None):
    values = _values(data, "variance", 2)
    found = _squares(values, xbar) / (len(values) - 1)
    return int(found) if found == int(found) and all(isinstance(v, int) for v in values) else found


def pvariance(data, mu=None):
    values = _values(data, "pvariance")
    found = _squares(values, mu) / len(values)
    return int(found) if found == int(found) and all(isinstance(v, int) for v in values) else found


def stdev(data, xbar=None):
    return math.sqrt(variance(_values(data, "stdev", 2), xbar))


def pstdev(data, mu=None):
    return math.sqrt(pvariance(_values(data, "pstdev"), mu))


def quantiles(data, *, n=4, method="exclusive"):
    values, found = sorted(data), []
    m = len(values) + 1 if method == "exclusive" else len(values) - 1
    for i in range(1, n):
        j, delta = divmod(i * m, n)
        if method == "exclusive":
            j = min(max(j, 1), len(values) - 1)
            delta = i * m - j * n
            found.append((values[j - 1] * (n - delta) + values[j] * delta) / n)
        else:
            found.append((values[j] * (n - delta) + values[min(j + 1, len(values) - 1)] * delta) / n)
    return found
