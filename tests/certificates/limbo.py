#!/usr/bin/env python3
"""Plays cases in x509-limbo's JSON form against the verifier.

    limbo.py LIMBO_JSON PROGRAM [--cases FILE] [--only TEXT] [--all]

LIMBO_JSON: a limbo.json (not part of this repository). PROGRAM: build/<preset>/tests/certificate_cases.
Prints, case by case where something differs (--all: everywhere), what OpenSSL says, what the verifier
says as Python 3.11 and 3.13, the strict reading, and what the suite expects; then the counts.
--cases writes the cases as fields. Exit status 1 if the verifier differs from the machine's OpenSSL.
"""

import argparse
import base64
import collections
import datetime
import json
import re
import subprocess
import sys

import oracle
from der_fields import Malformed, fields, with_signers

# Rules of RFC 5280 and of the public web that exclude each other: the strict reading takes the RFC's side.
CONTRADICTED = {"webpki::ca-as-leaf", "webpki::nc::permitted-dns-match-noncritical", "webpki::eku::ee-without-eku"}


def der_of(pem):
    body = re.search(r"-----BEGIN CERTIFICATE-----(.*?)-----END", pem, re.S).group(1)
    return base64.b64decode(body)


def seconds(text):
    moment = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    return int(moment.replace(tzinfo=moment.tzinfo or datetime.timezone.utc).timestamp() // 1)


def case_of(it, now):
    """(case as fields or None, presented DER, trusted DER)"""
    presented = [der_of(pem) for pem in [it["peer_certificate"], *it["untrusted_intermediates"]]]
    trusted = [der_of(pem) for pem in it["trusted_certs"]]
    case = {"id": it["id"], "now": seconds(it["validation_time"]) if it["validation_time"] else now,
            "purpose": it["validation_kind"].lower()}
    peer = it["expected_peer_name"]
    if peer and peer["kind"] in ("DNS", "IP"):
        case["name"] = peer["value"]
    if it.get("max_chain_depth") is not None:
        case["depth-max"] = it["max_chain_depth"]
    try:
        made = with_signers(presented + trusted, [fields(der) for der in presented + trusted])
    except Malformed:
        return None, presented, trusted, case
    case["presented"], case["trusted"] = made[:len(presented)], made[len(presented):]
    return case, presented, trusted, case


def judge(program, cases):
    text = json.dumps({"cases": cases})
    lines = subprocess.run([program], input=text, capture_output=True, text=True, check=True).stdout.splitlines()
    return {one["id"]: one for one in map(json.loads, lines)}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("suite")
    parser.add_argument("program")
    parser.add_argument("--cases")
    parser.add_argument("--only", default="")
    parser.add_argument("--all", action="store_true")
    options = parser.parse_args()
    with open(options.suite) as file:
        suite = [one for one in json.load(file)["testcases"] if options.only in one["id"]]
    now = int(datetime.datetime.now().timestamp())
    cases, ders, unreadable = [], {}, []
    for it in suite:
        case, presented, trusted, settings = case_of(it, now)
        ders[it["id"]] = presented, trusted, settings
        if case:
            cases.append(case)
        else:
            unreadable.append(it["id"])
    if options.cases:
        with open(options.cases, "w") as file:
            json.dump({"cases": cases}, file, indent=1)
    got = judge(options.program, cases)
    count = collections.Counter()
    for it in suite:
        name = it["id"]
        expected = it["expected_result"] == "SUCCESS"
        real = {python: oracle.verify(*ders[name], python) for python in oracle.FLAGS}
        mine = got.get(name)
        notes = []
        for python, answer in real.items():
            count["cases", python] += 1
            accepts = answer is not None and answer[0] == 0
            ours = mine is not None and mine[python][0] == 0
            count["verdict", python] += accepts == ours
            same = answer is None and mine is None or answer and mine and list(answer) == mine[python][:2]
            count["code and depth", python] += bool(same)
            count["openssl = suite", python] += accepts == expected
            if not same:
                notes.append(f"{python}: OpenSSL {answer}, here {mine and mine[python]}")
        strict = mine is not None and mine["strict"][0] == 0
        group = "tagged" if it["features"] else "untagged"
        count["strict", group] += strict == expected
        count["all", group] += 1
        if strict != expected:
            why = " (contradicts RFC 5280)" if name in CONTRADICTED else ""
            notes.append(f"strict: {mine and mine['strict']}, suite {it['expected_result']} "
                         f"{','.join(it['features'] or [])}{why}")
        if notes or options.all:
            print(name, "|", " | ".join(notes))
    print(f"{oracle.version()}; {len(suite)} cases, {len(unreadable)} unreadable")
    for python in oracle.FLAGS:
        print(f"as Python {python}: same verdict {count['verdict', python]}/{count['cases', python]}, "
              f"same code and depth {count['code and depth', python]}; "
              f"OpenSSL itself agrees with the suite in {count['openssl = suite', python]}")
    for group in ("untagged", "tagged"):
        print(f"strict = suite, {group}: {count['strict', group]}/{count['all', group]}")
    return count["verdict", "3.11"] != len(suite) or count["verdict", "3.13"] != len(suite)


if __name__ == "__main__":
    sys.exit(main())
