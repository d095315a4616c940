#!/usr/bin/env python3
"""Makes real certificates of python_outcomes.json and asks the machine's OpenSSL: does it say what was
measured with Python? Exit status 1 if not."""

import copy
import json
import pathlib
import sys

import der_make
import oracle


def merged(target, patch):
    if not isinstance(patch, dict):
        return copy.deepcopy(patch)
    out = dict(target) if isinstance(target, dict) else {}
    for key, value in patch.items():
        if value is None:
            out.pop(key, None)
        else:
            out[key] = merged(out.get(key), value)
    return out


def certificates(file, case):
    made = merged(copy.deepcopy(file["certificates"]), case.get("change", {}))
    ders = {}
    for name, it in made.items():
        issuer = made[it["issued-by"]]
        it["issuer"] = issuer["subject"]
        if "authority-key-id" not in it and "subject-key-id" in issuer:
            it["authority-key-id"] = {"key-id": issuer["subject-key-id"]}
        if it.get("authority-key-id") is False:
            del it["authority-key-id"]
    for name, it in made.items():
        issuer = made[it["issued-by"]]
        ders[name] = der_make.certificate(it, (it.get("signed-by", issuer["key"]), "EC", 256))
    return ders


def main():
    file = json.loads((pathlib.Path(__file__).parent / "python_outcomes.json").read_text())
    right = total = 0
    for case in file["cases"]:
        ders = certificates(file, case)
        presented = [ders[name] for name in case.get("sends", ["leaf", "intermediate"])]
        trusted = [ders[name] for name in case.get("trusts", ["root"])]
        for python in oracle.FLAGS:
            outcome = case[python]
            if "exception" in outcome:
                continue
            name = case.get("encoded", case["host"])
            code, _ = oracle.verify(presented, trusted, {"now": file["now"], "name": name}, python)
            total += 1
            right += code == outcome["code"]
            if code != outcome["code"]:
                print(f"{case['id']}, {python}: measured {outcome}, here {code} {oracle.text(code)}")
    print(f"{oracle.version()}; {right}/{total} as measured")
    return right != total


if __name__ == "__main__":
    sys.exit(main())
