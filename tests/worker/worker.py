#!/usr/bin/env python3
"""klimakrav-worker against a real nats-server on loopback: two workers, one killed with SIGKILL again and
again; every document has its result once, none twice. Also what must not be fetched.

  worker.py --worker BIN --klimakrav BIN --fixtures DIR --bank DIR [--references 300] [--kills 5] [--seed S]

Exit 77 (skip) where there is no nats-server.
"""
import argparse
import http.server
import json
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "batch"))
import batchkit as kit  # noqa: E402
import maketree  # noqa: E402


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Nats:
    def __init__(self, d):
        self.port = free_port()
        self.url = "nats://127.0.0.1:%d" % self.port
        self.p = subprocess.Popen(["nats-server", "-a", "127.0.0.1", "-p", str(self.port), "-js", "-sd", d],
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", self.port), 0.2).close()
                return
            except OSError:
                time.sleep(0.05)
        raise AssertionError("nats-server did not start")

    def stop(self):
        self.p.terminate()
        self.p.wait()


class Shelf(http.server.SimpleHTTPRequestHandler):
    """Files of a folder, a redirect, and an answer without end."""

    def do_GET(self):
        if self.path == "/bort":
            self.send_response(302)
            self.send_header("Location", "/mal.docx")
            self.end_headers()
        elif self.path == "/stor":
            self.send_response(200)
            self.end_headers()
            try:
                for _ in range(64):
                    self.wfile.write(b"x" * (1 << 16))
            except OSError:
                pass
        else:
            super().do_GET()

    def log_message(self, *_):
        pass


def tool(o, nats, *words, **more):
    return subprocess.run([o.worker, *words, "--server", nats.url], capture_output=True, timeout=900, check=False,
                          **more)


def submit(o, nats, references):
    r = tool(o, nats, "submit", input="\n".join(references).encode())
    assert r.returncode == 0, r.stderr
    assert r.stdout == b"%d handed in\n" % len(references)


def start(o, nats, *words):
    return subprocess.Popen([o.worker, "work", "--server", nats.url, "--bank", o.bank, "--date", "2026-11-23",
                             "--ack-wait", "3", *words], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


def count(o, nats):
    r = tool(o, nats, "results", "--count")
    assert r.returncode == 0, r.stderr
    return tuple(int(n) for n in re.findall(rb"\d+", r.stdout))


def all_results(o, nats):
    r = tool(o, nats, "results")
    assert r.returncode == 0, r.stderr
    return [json.loads(line) for line in r.stdout.splitlines()]


def survives(o, d):
    rng = random.Random(o.seed)
    print("seed %d" % o.seed)
    tree = os.path.join(d, "maler")
    made = maketree.make(o.fixtures, tree, o.references - 3, o.seed, broken=3)
    nats = Nats(os.path.join(d, "lager"))
    try:
        submit(o, nats, made)
        submit(o, nats, made[:10])  # once more: known by their name
        steady, victim = start(o, nats, "--allow-folder", tree), start(o, nats, "--allow-folder", tree)
        began = time.monotonic()
        kills = 0
        while kills < o.kills:
            time.sleep(rng.uniform(0.2, 1.5))
            victim.send_signal(signal.SIGKILL)
            victim.wait()
            kills += 1
            print("  killed, %d results by then" % count(o, nats)[0], flush=True)
            victim = start(o, nats, "--allow-folder", tree)
        while count(o, nats)[0] < len(made):
            assert time.monotonic() - began < 60 + o.references / 5, "it does not come to an end: %s" % (count(o, nats),)
            time.sleep(1)
        time.sleep(4)  # what was given out twice comes back now, and must change nothing
        for p in (steady, victim):
            p.send_signal(signal.SIGTERM)
            out, _ = p.communicate(timeout=60)
            assert re.match(rb"\d+ done", out) and p.returncode in (0, 2), (p.returncode, out)
        keys, written = count(o, nats)
        assert (keys, written) == (len(made), len(made)), "%d results, %d written" % (keys, written)
        found = all_results(o, nats)
        assert sorted(r["reference"] for r in found) == sorted(as_told(p) for p in made)
        assert sum("error" in r for r in found) == 3
        by_hash = {r["sha256"]: r for r in found if "sha256" in r}
        assert set(by_hash) == {kit.digest(p) for p in made[:-3]}
        for path in rng.sample(made[:-3], 5):
            r = subprocess.run([o.klimakrav, "audit", "--format", "json", "--date", "2026-11-23", path], check=False,
                               capture_output=True)
            ours, theirs = json.loads(r.stdout), by_hash[kit.digest(path)]["report"]
            assert ours["documents"][0]["findings"] == theirs["documents"][0]["findings"]
            assert ours["documents"][0]["verdict"] == theirs["documents"][0]["verdict"]
        seconds = time.monotonic() - began
        print("%d references, two workers, one killed %d times: %d results, none twice, %.0f s" %
              (len(made), kills, keys, seconds))
    finally:
        nats.stop()


def as_told(path):
    """A reference as results tell it: bytes over 0x7F one by one."""
    return path.encode().decode("latin-1")


def fetching(o, d):
    """Folders, hosts, sizes, schemes: what is not allowed has a result that says so."""
    shelf = os.path.join(d, "hylle")
    os.makedirs(shelf)
    lacks = os.path.join(o.fixtures, "templates", "kontorrekvisita-fjordheim.docx")
    shutil.copy(lacks, os.path.join(shelf, "mal.docx"))
    os.symlink("/etc/hostname", os.path.join(shelf, "lenke.docx"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), lambda *a: Shelf(*a, directory=shelf))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    host = "127.0.0.1:%d" % server.server_address[1]
    nats = Nats(os.path.join(d, "lager2"))
    wanted = {
        "http://%s/mal.docx" % host: None,
        "s3://skuffe/mal.docx" : "404",
        "http://%s/borte.docx" % host: "404",
        "http://%s/bort" % host: "302",
        "http://%s/stor" % host: "size limit",
        "http://localhost:%d/mal.docx" % server.server_address[1]: "not among the allowed",
        "http://%s@%s/mal.docx" % (host, "example.org"): "not among the allowed",
        "ftp://%s/mal.docx" % host: "references are",
        os.path.join(shelf, "lenke.docx"): "outside the allowed",
        shelf + "/../hylle/../../etc/hostname": "",
        "/etc/hostname": "outside the allowed",
        "file:///etc/hostname": "outside the allowed",
        "ikke en referanse": "references are",
    }
    try:
        submit(o, nats, list(wanted))
        p = start(o, nats, "--allow-folder", shelf, "--allow-host", host, "--s3", "http://" + host, "--max-bytes",
                  "1000000", "--drain")
        p.communicate(timeout=120)
        found = {r["reference"]: r for r in all_results(o, nats)}
        assert set(found) == set(wanted), set(wanted) ^ set(found)
        for reference, text in wanted.items():
            r = found[reference]
            assert ("report" in r) == (text is None), r
            assert text is None or text in r["error"], r
        # Another name for the same content: no second result.
        submit(o, nats, [os.path.join(shelf, "mal.docx")])
        start(o, nats, "--allow-folder", shelf, "--drain").communicate(timeout=120)
        assert count(o, nats)[0] == len(wanted)
        # A server that is away is tried again, not given up at once.
        submit(o, nats, ["http://127.0.0.1:%d/x" % free_port()])
        p = start(o, nats, "--allow-host", "127.0.0.1:1", "--drain")
        p.communicate(timeout=120)
        print("folders, hosts, sizes, schemes: refused where they must be")
    finally:
        nats.stop()
        server.shutdown()


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--worker", required=True)
    ap.add_argument("--klimakrav", required=True)
    ap.add_argument("--fixtures", required=True)
    ap.add_argument("--bank", required=True)
    ap.add_argument("--references", type=int, default=300)
    ap.add_argument("--kills", type=int, default=5)
    ap.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(3), "big"))
    o = ap.parse_args()
    for key in ("worker", "klimakrav", "fixtures", "bank"):
        setattr(o, key, os.path.abspath(getattr(o, key)))
    if shutil.which("nats-server") is None:
        print("skip: nats-server is not installed (sh plugin/setup.sh worker)")
        return 77
    with tempfile.TemporaryDirectory() as d:
        fetching(o, d)
        survives(o, d)
    gone = subprocess.run([o.worker, "submit", "--server", "nats://127.0.0.1:1"], input=b"", capture_output=True,
                          timeout=60, check=False)
    assert gone.returncode == 2 and b"; is nats-server" in gone.stderr, gone
    return 0


if __name__ == "__main__":
    sys.exit(main())
