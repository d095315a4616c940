def collatz(n):
    steps = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    else:
        steps = -steps
    return steps


print(collatz(27))
for i in range(10):
    if i == 3:
        continue
    if i > 6:
        break
    print(i, end=" ")
else:
    print("never")
print()
for i in []:
    pass
else:
    print("empty else")

a, (b, *c), d = 1, (2, 3, 4), 5
print(a, b, c, d)
*start, last = "xyz"
print(start, last)
first, *rest = range(4)
print(first, rest)
x = y = [1]
x += [2]
print(y)
d = {"k": 1}
d["k"] += 5
print(d, 1 < 2 < 3, 1 < 3 < 2, 3 > 2 != 2)
print([i * j for i in range(3) for j in range(3) if i != j])
print({i: i ** 2 for i in range(4)}, {c for c in "a"}, sum(i for i in range(5)))
print(not 0, not 1, 0 or "x", 1 and "y", None or 0 or [])
if (n := 10) > 5:
    print("walrus", n)
print([last := k for k in range(3)], last)
print(f"{n!r:>5}|{n:05d}|{'q'!r}|{n=}|{3.14159:.2f}")
del x
try:
    x
except NameError as exc:
    print(exc)


def outer():
    def inner():
        nonlocal count
        count += 1
        return count
    count = 0
    inner()
    return inner


f = outer()
print(f(), f())
total = 0


def add(k):
    global total
    total += k


add(3)
add(4)
print(total)
lambdas = [lambda: i for i in range(3)]
print([g() for g in lambdas])
lambdas = [lambda i=i: i for i in range(3)]
print([g() for g in lambdas])


def early():
    for i in range(5):
        for j in range(5):
            if i * j == 6:
                return i, j


print(early())
assert total == 7, "no"
try:
    assert total == 8, f"total is {total}"
except AssertionError as exc:
    print("assert:", exc)


def tests():
    try:
        print(unbound)
    except UnboundLocalError as exc:
        print(type(exc).__name__, exc)
    unbound = 1


tests()
print((lambda *a, **k: (a, k))(1, 2, z=3))
print([*range(3), *"ab"], {**{"a": 1}, "b": 2}, (*[1], 2))
print("%s-%d" % ("a", 3), "abc"[1:], "abc"[::-1], [1, 2, 3][-1])
