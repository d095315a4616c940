#!/usr/bin/env python3
"""Chains with random defects: is the verifier's answer that of the machine's OpenSSL, code and depth?

    random_cases.py PROGRAM [--count 2000] [--seed 1]

PROGRAM: build/<preset>/tests/certificate_cases. The certificates are real (made, signed, then read back as
fields); names, keys and identifiers come from small sets, so that chains cross, loop and mimic each other.
Prints each difference, then the counts by code. Exit status 1 if there is a difference.
"""

import argparse
import collections
import json
import random
import subprocess
import sys

import der_make
import oracle
from der_fields import fields, with_signers

NOW, DAY = 1767225600, 86400
HOSTS = ["www.shop.test", "a.b.shop.test", "shop.test", "bank.test", "192.0.2.1", "2001:db8::1", "localhost"]
KEYS = [("EC", 256)] * 12 + [("RSA", 2048)] * 3 + [("RSA", 1024), ("EC", 224), ("EC", 192), ("EC", 384),
                                                    ("ED25519", 256), ("DSA", 2048)]
ALGORITHMS = {"EC": ["EC-SHA256"] * 8 + ["EC-SHA1", "EC-SHA384", "EC-SHA224"],
              "RSA": ["RSA-SHA256"] * 8 + ["RSA-SHA1", "RSA-SHA512"], "DSA": ["DSA-SHA256"],
              "ED25519": ["ED25519"]}
USAGES = ["digital-signature", "non-repudiation", "key-encipherment", "key-agreement", "cert-sign", "crl-sign"]


class Maker:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.made = 0

    def rarely(self, one_in=12):
        return self.random.randrange(one_in) == 0

    def names(self, constraint=False):
        pick = self.random.choice
        kind = pick(["dns"] * 6 + ["ip"] * 2 + ["email", "uri", "dirname", "other"])
        if kind == "dns":
            return [kind, pick(["shop.test", "www.shop.test", ".shop.test", "test", "bank.test", "WWW.Shop.Test",
                                "*.shop.test", "w*.shop.test", "*.b.shop.test", "", "xn--*.shop.test", "localhost"])]
        if kind == "ip":
            if constraint:
                return [kind, pick(["192.0.2.0/255.255.255.0", "10.0.0.0/255.0.0.0", "2001:db8::/ffff:ffff::",
                                    "192.0.2.0/255.0.255.0", "#c0000201", "0.0.0.0/0.0.0.0"])]
            return [kind, pick(["192.0.2.1", "192.0.2.2", "2001:db8::1", "10.1.2.3", "#c0000201ff"])]
        return [kind, pick({"email": ["a@shop.test", "shop.test", ".shop.test", "b@bank.test", "nobody"],
                            "uri": ["https://www.shop.test/", "shop.test", ".shop.test", "urn:x", "ldap://bank.test:1/"],
                            "dirname": ["O=Test", "O=test \nCN=www.shop.test", "CN=Bank", ""],
                            "other": ["1.3.6.1.4.1.99999.2", "1.3.6.1.4.1.99999.3"]}[kind])]

    def certificate(self, subject, key, issuer, ca):
        """`issuer`: None (itself) or an authority: {"subject", "key", "id", "serial", "issuer"}."""
        self.made += 1
        rarely, pick = self.rarely, self.random.choice
        kind, bits = key[1], key[2]
        signer = issuer["key"] if issuer else key
        it = {"serial": format(self.made, "x"), "subject": subject, "issuer": issuer["subject"] if issuer else subject,
              "key": key[0], "key-type": kind, "key-bits": bits, "critical": [], "present": [],
              "signature-algorithm": pick(ALGORITHMS[signer[1]]),
              "not-before": NOW - pick([100, 10, 1]) * DAY, "not-after": NOW + pick([100, 10, 1]) * DAY}
        if rarely(15):
            it["not-after"] = pick([NOW, NOW - 1, NOW - DAY])
        if rarely(25):
            it["not-before"] = pick([NOW, NOW + 1, NOW + DAY])
        if not rarely(10) or ca:
            it["basic-constraints"] = {"ca": ca if not rarely(25) else not ca}
            if rarely(4 if ca else 40):
                it["basic-constraints"]["path-length"] = pick([0, 0, 1, 2])
            if ca and rarely(30):
                del it["basic-constraints"]
        if not rarely(5):
            it["key-usage"] = ["cert-sign", "crl-sign"] if ca else ["digital-signature"]
            if rarely(8):
                it["key-usage"] = self.random.sample(USAGES, self.random.randint(1, 3))
        if rarely(2) if not ca else rarely(8):
            it["extended-key-usage"] = self.random.sample(["server", "client", "any", "other", "server-gated"],
                                                          self.random.randint(1, 2)) if rarely(4) else ["server"]
        if not rarely(15):
            it["subject-key-id"] = "id of " + key[0] if not rarely(30) else "id of nobody"
        if not rarely(12):
            it["authority-key-id"] = {"key-id": (issuer or {"id": it.get("subject-key-id", "id of " + key[0])})["id"]}
            if rarely(20):
                it["authority-key-id"] = {"key-id": "id of somebody"}
            if rarely(15):
                it["authority-key-id"]["serial"] = issuer["serial"] if issuer and not rarely(3) else "ff"
            if rarely(15):
                it["authority-key-id"]["issuer"] = issuer["issuer"] if issuer and not rarely(3) else [["CN", "Nobody"]]
            if rarely(20):
                it["authority-key-id"].pop("key-id")
        if not ca and not rarely(8) or ca and rarely(6):
            it["san"] = [self.names() for _ in range(self.random.randint(0 if rarely(6) else 1, 3))]
            if not ca and not rarely(4):
                it["san"].append(["dns", "www.shop.test"])
        if ca and rarely(4) or rarely(60):
            it["name-constraints"] = {"permitted": [self.names(True) for _ in range(pick([0, 1, 2]))],
                                      "excluded": [self.names(True) for _ in range(pick([0, 0, 1]))]}
            it["name-constraints"]["distances"] = rarely(25)
        for name in ["basic-constraints", "key-usage", "name-constraints"]:
            if name in it and not rarely(10):
                it["critical"].append(name)
        for name in ["san", "extended-key-usage", "subject-key-id", "authority-key-id"]:
            if name in it and rarely(40):
                it["critical"].append(name)
        if not subject and not rarely(2):
            it["critical"].append("san")
        for name in ["unknown", "other"]:
            if rarely(20):
                it["present"].append(name)
                if rarely(2):
                    it["critical"].append(name)
        if rarely(40):
            it["version"] = pick([1, 2])
            if not rarely(2):
                for name in list(der_make.EXTENSIONS):
                    it.pop(name, None)
                it["present"], it["critical"] = [], []
        it["malformed-extension"] = rarely(80)
        made_by = signer if not rarely(30) else ("somebody else's key", signer[1], signer[2])
        der = der_make.certificate(it, made_by)
        authority = {"subject": subject, "key": key, "id": it.get("subject-key-id", "id of " + key[0]),
                     "serial": it["serial"], "issuer": it["issuer"]}
        return der, authority

    def key(self, name):
        return (name, *self.random.choice(KEYS))

    def case(self, number):
        pick = self.random.choice
        names = [[["O", "Test"], ["CN", f"CA {letter}"]] for letter in "ABCD"]
        keys = [self.key(f"key {i}") for i in range(5)]
        pool, authorities = [], []
        for level in range(self.random.randint(1, 5)):
            issuer = pick(authorities) if authorities and not self.rarely(4) else None
            subject = names[min(level, 3)] if not self.rarely(5) else pick(names)
            if self.rarely(40):
                subject = []
            der, authority = self.certificate(subject, pick(keys), issuer, True)
            pool.append(der)
            authorities.append(authority)
            if self.rarely(6):  # the same authority again, cross-signed or renewed
                again = pick(authorities)
                pool.append(self.certificate(again["subject"], again["key"], pick(authorities), True)[0])
        subject = pick([[["O", "Test"], ["CN", "www.shop.test"]], [["O", " TEST"], ["CN", "bank.test"]], [["O", "Test"]],
                        [["CN", "www.shop.test"], ["emailAddress", "a@shop.test"]], [["CN", "CA A"]]])
        if self.rarely(15):
            subject = []
        leaf = self.certificate(subject, self.key("key of the leaf"), None if self.rarely(12) else authorities[-1], False)[0]
        others = [der for der in pool if not self.rarely(6)]
        self.random.shuffle(others)
        trusted = [pool[0]] if not self.rarely(6) else []
        trusted += [der for der in pool[1:] if self.rarely(6)] + ([leaf] if self.rarely(20) else [])
        case = {"id": str(number), "now": NOW, "name": pick(HOSTS) if self.rarely(2) else "www.shop.test"}
        if self.rarely(8):
            case.pop("name")
        if self.rarely(8):
            case["purpose"] = "client"
        if self.rarely(10):
            case["depth-max"] = pick([0, 1, 2])
        if self.rarely(6):
            case["security-level"] = pick([0, 1, 3])
        case["common-name-fallback"] = not self.rarely(5)
        case["partial-wildcards"] = self.rarely(5)
        return case, [leaf, *others], trusted


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", help="write the cases that differ, as fields")
    options = parser.parse_args()
    maker = Maker(options.seed)
    cases, answers = [], {}
    while len(cases) < options.count:
        case, presented, trusted = maker.case(len(cases))
        real = {python: oracle.verify(presented, trusted, case, python) for python in oracle.FLAGS}
        if None in real.values():
            continue
        made = with_signers(presented + trusted, [fields(der) for der in presented + trusted])
        case["presented"], case["trusted"] = made[:len(presented)], made[len(presented):]
        cases.append(case)
        answers[case["id"]] = real
    lines = subprocess.run([options.program], input=json.dumps({"cases": cases}), capture_output=True, text=True,
                           check=True).stdout.splitlines()
    codes, same, kept = collections.Counter(), collections.Counter(), []
    for case, line in zip(cases, map(json.loads, lines)):
        for python, answer in answers[case["id"]].items():
            codes[answer[0]] += 1
            if list(answer) == line[python][:2]:
                same[python] += 1
            else:
                print(f"case {case['id']}, {python}: OpenSSL {answer} {oracle.text(answer[0])}, here {line[python]}")
                kept.append(case)
    if options.keep:
        with open(options.keep, "w") as file:
            json.dump({"cases": kept}, file, indent=1)
    print("OpenSSL's codes:", ", ".join(f"{code}: {codes[code]}" for code in sorted(codes)))
    print(f"{oracle.version()}; same code and depth: " +
          ", ".join(f"as Python {python} {same[python]}/{len(cases)}" for python in oracle.FLAGS))
    return any(same[python] != len(cases) for python in oracle.FLAGS)


if __name__ == "__main__":
    sys.exit(main())
