"""Packages seen from outside: zip entries, bytes and ranges, with Python's own library."""
import collections
import os
import struct
import subprocess
import zipfile


def run(*words, timeout=300):
    """(exit code, stdout as bytes, stderr as text). No inherited locale: the same bytes everywhere."""
    r = subprocess.run(list(words), capture_output=True, timeout=timeout,
                       env={**os.environ, "LC_ALL": "C.UTF-8"})
    return r.returncode, r.stdout, r.stderr.decode("utf-8", "replace").strip()


def entries(path):
    """Ordered {name: (compressed bytes, content, time)}."""
    raw, out = open(path, "rb").read(), collections.OrderedDict()
    with zipfile.ZipFile(path) as z:
        for i in z.infolist():
            n, m = struct.unpack("<HH", raw[i.header_offset + 26:i.header_offset + 30])
            at = i.header_offset + 30 + n + m
            out[i.filename] = (raw[at:at + i.compress_size], z.read(i), i.date_time)
    return out


def check_entries(a, b):
    """Order, times and compressed bytes of what was not touched."""
    bad = []
    if [n for n in b if n in a] != list(a):
        bad.append("entries dropped or reordered")
    for n in a:
        if n in b and a[n][1] == b[n][1] and a[n][0] != b[n][0]:
            bad.append("recompressed: " + n)
        if n in b and a[n][2] != b[n][2]:
            bad.append("time changed: " + n)
    return bad


def check_ranges(a, b, ranges):
    """Bytes of changed parts are equal outside the reported ranges.
    ranges: [(part, begin, end, old_begin, old_end)]"""
    bad, per_part = [], collections.defaultdict(list)
    for part, begin, end, old_begin, old_end in ranges:
        per_part[part].append((begin, end, old_begin, old_end))
    for n in b:
        if n not in a:
            if n not in per_part:
                bad.append("added without a range: " + n)
            continue
        old, new, i, j = a[n][1], b[n][1], 0, 0
        if old == new:
            continue
        for begin, end, old_begin, old_end in sorted(per_part[n]):
            if begin < j or old_begin < i or old[i:old_begin] != new[j:begin]:
                bad.append("%s differs outside the ranges, before byte %d" % (n, begin))
                break
            i, j = old_end, end
        else:
            if old[i:] != new[j:]:
                bad.append("%s differs behind the last range" % n)
    return bad


def collect(paths):
    """Word packages below the paths; of a folder with MANIFEST.tsv the files of kind good."""
    out = []
    for p in paths:
        manifest = os.path.join(p, "MANIFEST.tsv")
        if os.path.exists(manifest):
            for line in open(manifest, encoding="utf-8").read().splitlines()[1:]:
                cells = line.split("\t")
                if cells[4] == "good":
                    out.append(os.path.join(p, cells[0]))
        elif os.path.isdir(p):
            out += sorted(os.path.join(p, n) for n in os.listdir(p)
                          if n.endswith((".docx", ".dotx", ".docm", ".dotm")) and not n.startswith("~$"))
        else:
            out.append(p)
    return out
