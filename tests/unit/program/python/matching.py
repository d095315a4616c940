class Point:
    __match_args__ = ("x", "y")

    def __init__(self, x, y):
        self.x, self.y = x, y


def look(value):
    match value:
        case 0 | 1:
            return "small"
        case int(n) if n > 100:
            return f"big {n}"
        case int():
            return "int"
        case "a" | "b" as letter:
            return f"letter {letter}"
        case str():
            return "str"
        case None:
            return "none"
        case True | False:
            return "bool?"
        case []:
            return "empty"
        case [x]:
            return f"one {x}"
        case [x, [y, *_]]:
            return f"nested {x} {y}"
        case [first, *middle, last]:
            return f"{first} {middle} {last}"
        case {"kind": "move", "to": (x, y)}:
            return f"move {x},{y}"
        case {"kind": kind, **rest}:
            return f"{kind} {rest}"
        case Point(0, y):
            return f"axis {y}"
        case Point(x=x, y=0):
            return f"other axis {x}"
        case Point() as p:
            return f"point {p.x} {p.y}"
        case -1.5:
            return "negative"
        case _:
            return "else"


for value in (0, 5, 500, "a", "zz", None, [], [7], [1, [2, 3]], [1, 2, 3, 4], (1, 2, 3),
              {"kind": "move", "to": [3, 4]}, {"kind": "x", "p": 1}, {}, Point(0, 2), Point(3, 0),
              Point(4, 5), -1.5, 2.5):
    print(look(value))


class Color:
    RED = "red"


match "red":
    case Color.RED:
        print("is red")
match 5:
    case x if x < 0:
        print("negative")
print("x is", x)
