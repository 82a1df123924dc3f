#!/usr/bin/env python3
"""The table of limits in SECURITY.md, the JSON and the texts of `klimakrav limits` say the same figures.

  limits.py --klimakrav BIN --security SECURITY.md"""
import argparse
import json
import re
import subprocess
import sys


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--klimakrav", required=True)
    parser.add_argument("--security", required=True)
    options = parser.parse_args()

    def say(*words):
        return subprocess.run([options.klimakrav, "limits", *words], capture_output=True, check=True).stdout.decode()

    told = json.loads(say("--format", "json"))
    assert told.pop("schema") == "klimakrav.limits/1"
    with open(options.security, encoding="utf-8") as f:
        table = {name: int(value) for name, value in re.findall(r"^\| ([a-z_]+) \| (\d+) \|$", f.read(), re.M)}
    assert table == told and len(told) >= 9, (table, told)
    texts = [say("--lang", lang) for lang in ("nb", "nn", "en")]
    for text in texts:
        assert [int(line.split()[0]) for line in text.splitlines()] == list(told.values()), text
    assert len(set(texts)) == 3, "two languages say the same"
    for words in (["limits", "mer"], ["limits", "--format", "html"]):
        assert subprocess.run([options.klimakrav, *words], capture_output=True).returncode == 2, words
    print("%d limits agree" % len(told))


if __name__ == "__main__":
    sys.exit(main())
