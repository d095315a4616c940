#!/usr/bin/env python3
"""Plays an export of the BetterTLS suites (`bettertls export-tests`; not part of this repository).

    bettertls.py EXPORT_JSON PROGRAM

Prints how often the verifier agrees with the machine's OpenSSL, code and depth, and how often the strict
reading agrees with what the suites expect (warnings apart). Exit status 1 if the verifier differs from OpenSSL.
"""

import base64
import collections
import json
import subprocess
import sys
import time

import oracle
from der_fields import fields, with_signers


def main():
    with open(sys.argv[1]) as file:
        export = json.load(file)
    root = base64.b64decode(export["trustRoot"])
    now = int(time.time())
    count, differences = collections.Counter(), []
    for name, suite in export["suites"].items():
        cases, wanted = [], {}
        for it in suite["testCases"]:
            presented = [base64.b64decode(one) for one in it["certificates"]]
            case = {"id": f"{name} {it['id']}", "now": now, "name": it["hostname"]}
            real = {python: oracle.verify(presented, [root], case, python) for python in oracle.FLAGS}
            made = with_signers([*presented, root], [fields(der) for der in [*presented, root]])
            case["presented"], case["trusted"] = made[:-1], made[-1:]
            cases.append(case)
            wanted[case["id"]] = it, real
        lines = subprocess.run([sys.argv[2]], input=json.dumps({"cases": cases}), capture_output=True, text=True,
                               check=True).stdout.splitlines()
        for line in map(json.loads, lines):
            it, real = wanted[line["id"]]
            count[name, "cases"] += 1
            for python, answer in real.items():
                same = list(answer) == line[python][:2]
                count[name, python] += same
                if not same:
                    differences.append(f"{line['id']}, {python}: OpenSSL {answer}, here {line[python]}")
            kind = "warning" if it["failureIsWarning"] else "hard"
            agrees = (line["strict"][0] == 0) == (it["expected"] == "ACCEPT")
            count[name, kind] += 1
            count[name, kind, "strict"] += agrees
            if kind == "hard" and not agrees:
                differences.append(f"{line['id']}: strict {line['strict']}, suite {it['expected']} {it['requiredFeatures']}")
    for one in differences[:40]:
        print(one)
    different = 0
    for name in export["suites"]:
        cases = count[name, "cases"]
        for python in oracle.FLAGS:
            different += cases - count[name, python]
        print(f"{name}: {cases} cases; same code and depth as {oracle.version()}: "
              f"{', '.join(f'as Python {python} {count[name, python]}' for python in oracle.FLAGS)}; "
              f"strict = suite: {count[name, 'hard', 'strict']}/{count[name, 'hard']} hard, "
              f"{count[name, 'warning', 'strict']}/{count[name, 'warning']} warnings")
    return different > 0


if __name__ == "__main__":
    sys.exit(main())
