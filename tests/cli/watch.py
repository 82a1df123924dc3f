#!/usr/bin/env python3
"""watch: reports and copies for what comes and changes, half-written files, clean stop; the systemd units.

  watch.py --klimakrav BIN --fixtures DIR --units DIR
"""
import argparse
import glob
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

LACKS = "kontorrekvisita-fjordheim.docx"
CLEAN = "kantine-nordvag.docx"


def wait_for(what, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if what():
            return True
        time.sleep(0.05)
    return False


def start(o, d, *words):
    return subprocess.Popen([o.klimakrav, "watch", d + "/inn", "--output-dir", d + "/ut", "--date", "2026-11-23",
                             "--timestamp", "2026-11-23T12:00:00Z", "--format", "json", "--lang", "en", *words],
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def stop(p):
    p.send_signal(signal.SIGTERM)
    out, err = p.communicate(timeout=60)
    assert p.returncode == 0, (p.returncode, err)
    return out.decode(), err.decode()


def report(path):
    with open(path, encoding="utf-8") as f:
        return json.load(f)


def run(o, d):
    templates = os.path.join(o.fixtures, "templates")
    os.makedirs(d + "/inn/it")
    shutil.copy(os.path.join(templates, LACKS), d + "/inn/først.docx")
    p = start(o, d, "--insert")
    assert wait_for(lambda: os.path.exists(d + "/ut/først.docx.json")), "what was there at the start is passed by"
    wanted = subprocess.run([o.klimakrav, "insert", d + "/inn/først.docx", "-o", d + "/selv.docx", "--date",
                             "2026-11-23", "--timestamp", "2026-11-23T12:00:00Z"], capture_output=True, check=False)
    assert wanted.returncode in (0, 1)
    with open(d + "/selv.docx", "rb") as a, open(d + "/ut/først.docx", "rb") as b:
        assert a.read() == b.read(), "the copy is not what insert gives"
    assert report(d + "/ut/først.docx.json")["documents"][0]["findings"]

    # Written in pieces over more than the time to settle: one report, of the whole.
    with open(os.path.join(templates, CLEAN), "rb") as f:
        data = f.read()
    with open(d + "/inn/it/bit for bit.docx", "wb") as f:
        for i in range(8):
            f.write(data[len(data) * i // 8:len(data) * (i + 1) // 8])
            f.flush()
            time.sleep(0.4)
            assert not os.path.exists(d + "/ut/it/bit for bit.docx.json"), "a half-written file was taken"
    assert wait_for(lambda: os.path.exists(d + "/ut/it/bit for bit.docx.json"))
    assert not report(d + "/ut/it/bit for bit.docx.json").get("failures")

    # A new folder, a rename into it, a lock file, a wreck, and a file that goes again.
    os.makedirs(d + "/inn/ny/dypt")
    shutil.copy(os.path.join(templates, LACKS), d + "/inn/tmp.part")
    os.rename(d + "/inn/tmp.part", d + "/inn/ny/dypt/flyttet.docx")
    shutil.copy(os.path.join(templates, LACKS), d + "/inn/~$lås.docx")
    shutil.copy(os.path.join(o.fixtures, "broken", "truncated.docx"), d + "/inn/vrak.docx")
    shutil.copy(os.path.join(templates, LACKS), d + "/inn/borte.docx")
    os.remove(d + "/inn/borte.docx")
    assert wait_for(lambda: os.path.exists(d + "/ut/ny/dypt/flyttet.docx.json"))
    assert wait_for(lambda: os.path.exists(d + "/ut/vrak.docx.json"))
    assert report(d + "/ut/vrak.docx.json")["failures"] and not os.path.exists(d + "/ut/vrak.docx")

    # Mended: the report follows. An older file moved over a newer one counts too.
    shutil.copy2(os.path.join(templates, LACKS), d + "/eldre.docx")
    os.utime(d + "/eldre.docx", (1000000000, 1000000000))
    os.rename(d + "/eldre.docx", d + "/inn/vrak.docx")
    assert wait_for(lambda: not report(d + "/ut/vrak.docx.json").get("failures"))
    assert not glob.glob(d + "/ut/**/*lås*", recursive=True) and not os.path.exists(d + "/ut/borte.docx.json")
    out, err = stop(p)
    assert "[zip-inconsistent]" in err and "flyttet" in out

    # Stopped and started: nothing to do but what came meanwhile.
    seen = {f: os.stat(f).st_mtime_ns for f in glob.glob(d + "/ut/**/*.json", recursive=True)}
    shutil.copy(os.path.join(templates, CLEAN), d + "/inn/imens.docx")
    p = start(o, d, "--insert", "--once")
    p.communicate(timeout=120)
    assert p.returncode == 0 and os.path.exists(d + "/ut/imens.docx.json")
    assert all(os.stat(f).st_mtime_ns == t for f, t in seen.items())
    assert not glob.glob(d + "/**/.klimakrav-*", recursive=True)

    # An output folder inside the watched one is no input; wrong use is told.
    p = subprocess.run([o.klimakrav, "watch", d + "/inn", "--output-dir", d + "/inn/ut", "--once", "--insert"],
                       capture_output=True, timeout=120, check=False)
    assert p.returncode == 0 and not os.path.exists(d + "/inn/ut/ut")
    for words in ([d + "/inn"], [d + "/inn", "--output-dir", d + "/inn"], [d + "/borte", "--output-dir", d + "/x"]):
        p = subprocess.run([o.klimakrav, "watch", *words], capture_output=True, timeout=60, check=False)
        assert p.returncode == 2 and b"[usage]" in p.stderr, p.stderr


def units(o):
    """systemd-analyze verify on the units, with the program where they look for it."""
    if shutil.which("systemd-analyze") is None:
        print("skip: no systemd-analyze here; the units were not verified")
        return
    with tempfile.TemporaryDirectory() as d:
        names = []
        for path in sorted(glob.glob(os.path.join(o.units, "*@.*"))):
            with open(path, encoding="utf-8") as f:
                text = f.read().replace("/usr/bin/klimakrav", o.klimakrav)
            names.append(os.path.join(d, os.path.basename(path).replace("@.", "@srv-maler.")))
            for name in (names[-1], os.path.join(d, os.path.basename(path))):
                with open(name, "w", encoding="utf-8") as f:
                    f.write(text)
        assert len(names) == 3
        r = subprocess.run(["systemd-analyze", "verify", "--man=no", *names], capture_output=True, check=False,
                           env={**os.environ, "SYSTEMD_UNIT_PATH": d + ":"})
        lines = [l for l in r.stderr.decode().splitlines() if "klimakrav" in l]
        assert r.returncode == 0 and not lines, (r.returncode, r.stderr.decode()[-800:])
        print("units verified")


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--klimakrav", required=True)
    ap.add_argument("--fixtures", required=True)
    ap.add_argument("--units", required=True)
    o = ap.parse_args()
    o.klimakrav = os.path.abspath(o.klimakrav)
    with tempfile.TemporaryDirectory() as d:
        run(o, d)
    units(o)
    print("watch: comes, changes, half-written, wreck, restart: as promised")
    return 0


if __name__ == "__main__":
    sys.exit(main())
