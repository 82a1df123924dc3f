#!/usr/bin/env python3
"""The compiled bank and the XML it was made from say the same; a stale, damaged or foreign one is never used.

  image.py --klimakrav BIN --bankc BIN --share DIR --rules DIR --templates DIR

SHARE holds bank.kkb as built, RULES holds bank/ and schema/.
"""
import argparse
import os
import shutil
import subprocess
import sys
import tempfile

DATE = ["--date", "2026-11-23"]
TOWN = """<bank xmlns="urn:klimakrav:rules:1" id="town">
<rule id="TOWN1" severity="warning" scope="document" class="special" status="draft">
<title xml:lang="nb">Kommunens regel</title><title xml:lang="nn">Regelen til kommunen</title>
<title xml:lang="en">Town rule</title><basis ref="Kommunestyret"/>
<when><match pattern="binding"/></when>
<message xml:lang="nb">Regelen slo til.</message><message xml:lang="nn">Regelen slo til.</message>
<message xml:lang="en">It fired.</message>
<why xml:lang="nb">Den er til for testen.</why><why xml:lang="nn">Ho er til for testen.</why>
<why xml:lang="en">For the test.</why>
<example expect="fires" xml:lang="nb">Leverandøren skal levere.</example>
<example expect="silent" xml:lang="nb">Katten sover.</example>
</rule></bank>
"""


class World:
    def __init__(self, options, folder):
        self.o, self.dir = options, folder

    def bank(self, name, image=True, xml=True):
        """A folder of its own with copies of what is asked for."""
        at = os.path.join(self.dir, name)
        os.mkdir(at)
        shutil.copytree(os.path.join(self.o.rules, "schema"), os.path.join(at, "schema"))
        if xml:
            shutil.copytree(os.path.join(self.o.rules, "bank"), os.path.join(at, "bank"))
        if image:
            shutil.copy(os.path.join(self.o.share, "bank.kkb"), at)
        return at

    def run(self, bank, *words, code=(0, 1)):
        r = subprocess.run([self.o.klimakrav, *words], capture_output=True, timeout=300,
                           env={**os.environ, "KLIMAKRAV_BANK": bank, "LC_ALL": "C.UTF-8"})
        assert r.returncode in code, "exit code %d: %s" % (r.returncode, r.stderr.decode())
        return r

    def audit(self, bank, *more):
        return self.run(bank, "audit", "--format", "json", *DATE, *more, self.o.templates).stdout


def same(a, b, what):
    if a != b:
        at = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
        sys.exit("%s differs at byte %d:\n%r\n%r" % (what, at, a[at - 80:at + 80], b[at - 80:at + 80]))


def change(path, function):
    with open(path, "rb") as f:
        data = f.read()
    times = os.stat(path)
    with open(path, "wb") as f:
        f.write(function(data))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))  # the old time, as cp -p leaves it


def flip(data):
    return data[:len(data) // 2] + bytes([data[len(data) // 2] ^ 1]) + data[len(data) // 2 + 1:]


def main():
    ap = argparse.ArgumentParser()
    for name in ("klimakrav", "bankc", "share", "rules", "templates"):
        ap.add_argument("--" + name, required=True)
    o = ap.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        w = World(o, folder)
        xml, image = w.bank("xml", image=False), w.bank("image", xml=False)
        expected = w.audit(xml)
        same(expected, w.audit(image), "audit of all templates")
        for words in (["rules", "list", "--format", "json", *DATE], ["rules", "show", "K01", *DATE],
                      ["rules", "test", *DATE], ["rules", "coverage", *DATE], ["--version"]):
            same(w.run(xml, *words).stdout, w.run(image, *words).stdout, " ".join(words))

        town = os.path.join(folder, "town")
        os.mkdir(town)
        with open(os.path.join(town, "town.xml"), "w", encoding="utf-8") as f:
            f.write(TOWN)
        added = w.audit(xml, "--rules", town)
        assert b"TOWN1" in added
        same(added, w.audit(image, "--rules", town), "audit with further rules")

        # The same size, an older time: the change is seen all the same.
        stale = w.bank("stale")
        change(os.path.join(stale, "bank", "law.xml"), lambda d: d.replace(b"FOA", b"FUA"))
        seen = w.audit(stale)
        assert b"FUA" in seen and b"FUA" not in expected
        os.remove(os.path.join(stale, "bank.kkb"))
        same(w.audit(stale), seen, "audit with a changed law.xml")
        more = w.bank("more")
        shutil.copy(os.path.join(town, "town.xml"), os.path.join(more, "bank"))
        assert b"TOWN1" in w.audit(more)
        fewer = w.bank("fewer")
        os.remove(os.path.join(fewer, "bank", "examples.xml"))
        assert w.run(fewer, "--version").stdout != w.run(xml, "--version").stdout

        damaged = w.bank("damaged")
        change(os.path.join(damaged, "bank.kkb"), flip)
        same(expected, w.audit(damaged), "audit with a damaged image")
        change(os.path.join(damaged, "bank.kkb"), lambda d: d[:1000])
        same(expected, w.audit(damaged), "audit with an image cut off")
        shutil.rmtree(os.path.join(damaged, "bank"))
        r = w.run(damaged, "audit", *DATE, o.templates, code=(2,))
        assert b"bank.kkb" in r.stderr, r.stderr

        for name in ("a.kkb", "b.kkb"):
            subprocess.run([o.bankc, os.path.join(xml, "bank"), os.path.join(xml, "schema", "klimakrav.rng"),
                            os.path.join(folder, name)], check=True)
        with open(os.path.join(folder, "a.kkb"), "rb") as a, open(os.path.join(folder, "b.kkb"), "rb") as b, \
                open(os.path.join(o.share, "bank.kkb"), "rb") as c:
            first, second, built = a.read(), b.read(), c.read()
        same(first, second, "compiling twice")
        same(first, built, "the image of the build")
        change(os.path.join(xml, "bank", "law.xml"), lambda d: d.replace(b"<rule ", b"<ruler ", 1))
        r = subprocess.run([o.bankc, os.path.join(xml, "bank"), os.path.join(xml, "schema", "klimakrav.rng"),
                            os.path.join(folder, "c.kkb")], capture_output=True)
        assert r.returncode == 2 and b"law.xml:" in r.stderr, r.stderr
        assert not os.path.exists(os.path.join(folder, "c.kkb"))
    print("ok")


if __name__ == "__main__":
    main()
