#!/usr/bin/env python3
"""The gates of plugin/hosts/ci: what pre-commit and an action run would run, run here.

  gates.py --klimakrav BIN --root DIR
"""
import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

LACKS = "kontorrekvisita-fjordheim.docx"
CLEAN = "kantine-nordvag.docx"


def load_yaml(path):
    """The little of YAML that the two files use, by PyYAML where it is, else by hand."""
    try:
        import yaml
    except ImportError:
        return None
    with open(path, encoding="utf-8") as f:
        return yaml.safe_load(f)


def run(words, cwd, **env):
    return subprocess.run(words, cwd=cwd, capture_output=True, timeout=300, check=False,
                          env={**{k: v for k, v in os.environ.items() if not k.startswith("KLIMAKRAV")}, **env})


def hooks(o, d):
    with open(os.path.join(o.root, ".pre-commit-hooks.yaml"), encoding="utf-8") as f:
        text = f.read()
    parsed = load_yaml(os.path.join(o.root, ".pre-commit-hooks.yaml"))
    entries = re.findall(r"^- id: (\S+)\n(?:  .*\n)*?  entry: (.+)\n(?:  .*\n)*?  files: '(.+)'\n", text, re.M)
    assert [e[0] for e in entries] == ["klimakrav-audit", "klimakrav-updated"]
    if parsed is not None:
        assert [(h["id"], h["entry"], h["files"]) for h in parsed] == entries
        assert all(h["language"] == "script" for h in parsed)
    for _, entry, files in entries:
        assert re.search(files, "maler/Å.DOCX") and not re.search(files, "maler/a.docx.bak")
        # pre-commit: the entry below its clone, the names behind it, in the user's folder
        words = entry.split()
        words[0] = os.path.join(o.root, words[0])
        assert os.access(words[0], os.X_OK)
        env = {"KLIMAKRAV": o.klimakrav, "KLIMAKRAV_DATE": "2026-11-23"}
        assert run(words + ["med blank.docx", "-rart.docx"], d, **env).returncode == 1
        assert run(words + ["ren.docx"], d, **env).returncode == 0
        assert run(words, d, **env).returncode == 0
        assert run(words + ["borte.docx"], d, **env).returncode == 2
        missing = run(words + ["ren.docx"], d, KLIMAKRAV="/finnes/ikke")
        assert missing.returncode == 2 and b"not installed; " in missing.stderr


def action(o, d):
    path = os.path.join(o.root, "plugin", "hosts", "ci", "action.yml")
    with open(path, encoding="utf-8") as f:
        text = f.read()
    steps = re.search(r"      run: \|\n((?:        .+\n)+)", text).group(1)
    assert len(steps.strip().splitlines()) == 2, "the action is a two-line call of tested scripts"
    names = re.findall(r"^        ([A-Z_]+): \$\{\{ inputs\.([a-z-]+) \}\}$", text, re.M)
    defaults = dict(re.findall(r"^  ([a-z-]+):\n    description: .*\n    default: (.*)$", text, re.M))
    assert {n[1] for n in names} == set(defaults), "an input that nothing reads, or the other way round"
    parsed = load_yaml(path)
    if parsed is not None:
        assert parsed["runs"]["using"] == "composite" and parsed["runs"]["steps"][0]["run"].strip() == \
            re.sub(r"^ {8}", "", steps, flags=re.M).strip()

    def go(**inputs):
        values = {k: v.strip('"') for k, v in defaults.items()}
        values.update(inputs)
        env = {name: values[key] for name, key in names}
        return run(["bash", "-e", "-c", steps], d, KLIMAKRAV=o.klimakrav,
                   GITHUB_ACTION_PATH=os.path.dirname(path), **env)

    assert go(paths="ren.docx", date="2026-11-23").returncode == 0
    r = go(paths="med blank.docx\nren.docx\n", date="2026-11-23", sarif="ut.sarif")
    assert r.returncode == 1, r.stderr
    with open(os.path.join(d, "ut.sarif"), encoding="utf-8") as f:
        assert json.load(f)["runs"][0]["results"]
    assert go(paths="med blank.docx", **{"fail-on": "never"}).returncode == 0
    assert go(paths="med blank.docx", mode="check", date="2026-11-23").returncode == 1
    assert go(paths="med blank.docx", mode="updated", date="2026-11-23").returncode == 1
    assert go(paths="ren.docx; touch inntrenger", date="2026-11-23").returncode == 2
    assert go(paths="$(touch inntrenger)").returncode == 2 and not os.path.exists(os.path.join(d, "inntrenger"))
    assert go(mode="slett").returncode == 2


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--klimakrav", required=True)
    ap.add_argument("--root", required=True)
    o = ap.parse_args()
    o.klimakrav, o.root = os.path.abspath(o.klimakrav), os.path.abspath(o.root)
    templates = os.path.join(o.root, "fixtures", "templates")
    with tempfile.TemporaryDirectory() as d:
        for name, source in (("med blank.docx", LACKS), ("-rart.docx", LACKS), ("ren.docx", CLEAN)):
            shutil.copy(os.path.join(templates, source), os.path.join(d, name))
        hooks(o, d)
        action(o, d)
    print("hooks and action: as promised")
    return 0


if __name__ == "__main__":
    sys.exit(main())
