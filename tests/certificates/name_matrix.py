#!/usr/bin/env python3
"""Every name against every name, as alternative name and as common name, with and without partial
wildcards: does the verifier match where the machine's X509_check_host does?

    name_matrix.py PROGRAM [NAMES_FILE]

NAMES_FILE: one name a line, instead of the list below. Exit status 1 if there is a difference.
"""

import ctypes
import json
import subprocess
import sys

import der_make
import oracle
from der_fields import CRYPTO, fields, open_x509, with_signers

NAMES = ["a", "b", ".", "*", "@", ".a", "a.", ".b", "*.a", "a.a", "a.b", "a.A", "A.b", "*.b", "a*", "*a", "a*.b", "*a.b",
         "shop.test", "shop.TEST", ".shop.test", "shop.test.", "*.test", "*.shop.test", "*shop.test", "www.shop.test",
         "WWW.shop.test", "*.*.test", "*.*.shop.test", "w*.shop.test", "*w.shop.test", "w*w.shop.test", "www*.shop.test",
         "*www.shop.test", "www.*.test", "www.shop.*", "a.b.shop.test", "*.b.shop.test", "a.*.shop.test", "xn--rger-koa.shop.test",
         "*.xn--rger-koa.test", "www.xn--rger-koa.test", "xn--*.shop.test", "*--rger-koa.shop.test", "x*.shop.test",
         "_srv.shop.test", "a_b.shop.test", "-a.shop.test", "a-.shop.test", "a--b.shop.test", "*-.shop.test", "*.-a.test",
         "*.a-.test", "*..shop.test", "a..shop.test", "1.2.3.4", "*.2.3.4", "www.shop.test\0x"]

CRYPTO.X509_check_host.restype = ctypes.c_int
CRYPTO.X509_check_host.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_uint, ctypes.c_void_p]


def main():
    names = NAMES
    if len(sys.argv) > 2:
        with open(sys.argv[2]) as file:
            names = file.read().split("\n")
    hosts = [name for name in names if name and "\0" not in name and not name.replace(".", "").isdigit()]
    cases, expected = [], []
    for place in ("san", "common name"):
        for name in names:
            if not name:
                continue
            subject = [["O", "Test"], ["CN", name]] if place != "san" else [["O", "Test"]]
            it = {"subject": subject, "issuer": subject, "key": "k", "not-before": 0, "not-after": 2**31}
            if place == "san":
                it["san"] = [["dns", name]]
            der = der_make.certificate(it, ("k", "EC", 256))
            made = with_signers([der], [fields(der)])
            x509 = open_x509(der)
            for host in hosts:
                for partial in (False, True):
                    raw = host.encode("latin-1")
                    flags = 0 if partial else oracle.NO_PARTIAL_WILDCARDS
                    expected.append((place, name, host, partial, CRYPTO.X509_check_host(x509, raw, len(raw), flags, None) == 1))
                    cases.append({"id": str(len(cases)), "now": 1, "name": host, "partial-wildcards": partial,
                                  "presented": made, "trusted": made})
    lines = subprocess.run([sys.argv[1]], input=json.dumps({"cases": cases}), capture_output=True, text=True,
                           check=True).stdout.splitlines()
    wrong = 0
    for (place, name, host, partial, match), line in zip(expected, map(json.loads, lines)):
        if (line["3.11"][0] == 0) != match:
            wrong += 1
            print(f"{place} {name!r}, host {host!r}, partial wildcards {partial}: OpenSSL {match}, here {line['3.11']}")
    print(f"{oracle.version()}; {len(cases) - wrong}/{len(cases)} the same, of which {sum(one[-1] for one in expected)} match")
    return wrong > 0


if __name__ == "__main__":
    sys.exit(main())
