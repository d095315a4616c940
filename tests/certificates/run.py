#!/usr/bin/env python3
"""The verifier against this machine's OpenSSL: run.py PROGRAM (build/<preset>/tests/certificate_cases).

Only OpenSSL 3.0 is what is modelled; with another one nothing is compared, and that is said.
"""

import pathlib
import subprocess
import sys

import oracle

here = pathlib.Path(__file__).parent
program = sys.argv[1]
RUNS = [
    ("measured outcomes, again with real certificates", ["outcomes_real.py"]),
    ("names against names", ["name_matrix.py", program]),
    ("random chains", ["random_cases.py", program, "--count", "600", "--seed", "2026"]),
]
passed = failed = 0
if oracle.version().startswith("OpenSSL 3.0."):
    for title, command in RUNS:
        done = subprocess.run([sys.executable, "-W", "ignore", str(here / command[0]), *command[1:]],
                              capture_output=True, text=True)
        good = done.returncode == 0
        passed, failed = passed + good, failed + (not good)
        lines = (done.stdout + done.stderr).strip().split("\n")
        print("ok  " if good else "FAIL", title + ":", "\n".join(lines[-1:] if good else lines[-30:]))
else:
    print(f"ok   skipped: this machine has {oracle.version()}, and OpenSSL 3.0 is modelled")
print(f"{passed} passed, {failed} failed")
sys.exit(failed > 0)
