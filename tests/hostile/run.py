#!/usr/bin/env python3
"""Hostile input, made on the spot, with what must come of it and what it may cost.

  run.py --klimakrav BIN [--slack N] [--size core|slow|all] [--case NAME] [--group NAME] [--table FILE]

slack 1 is the release build: 2 s of processor time and 512 MiB at the peak for each run, unless a case says
otherwise. A sanitizer build is given more time (slack) and no ceiling on memory, which is not its own.
Prints a table; exit 1 if any case fails."""
import argparse
import os
import sys
import tempfile

sys.dont_write_bytecode = True
import kit  # noqa: E402
import outputs  # noqa: E402,F401
import rulefiles  # noqa: E402,F401
import xmls  # noqa: E402,F401
import zips  # noqa: E402,F401


def due(the_case):
    if the_case.kind == "act":
        return "as told"
    if the_case.reason is None:
        return "0 read"
    words = the_case.reason if isinstance(the_case.reason, tuple) else (the_case.reason,)
    return "2 " + "|".join(words)


def one(the_case, options):
    with tempfile.TemporaryDirectory(prefix="kk-hostile-") as folder:
        world = kit.World(os.path.abspath(options.klimakrav), folder, the_case, options.slack, options.slack <= 1)
        try:
            if the_case.kind == "file":
                kit.run_file(world, the_case.reason)
            else:
                the_case.function(world)
            return world, None
        except Exception as e:  # noqa: BLE001 - one case must not hide the others
            return world, "%s: %s" % (type(e).__name__, e)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--klimakrav", required=True)
    parser.add_argument("--slack", type=float, default=1)
    parser.add_argument("--size", default="core", choices=["core", "slow", "all"])
    parser.add_argument("--case")
    parser.add_argument("--group")
    parser.add_argument("--table")
    options = parser.parse_args()
    lines, failed, ran = [], 0, 0
    row = "%-10s %-38s %-28s %8s %8s  %s"
    lines.append(row % ("group", "case", "due", "seconds", "MiB", "result"))
    print(lines[0], flush=True)
    for c in kit.CASES:
        if (options.case and c.name != options.case) or (options.group and c.group != options.group):
            continue
        if not options.case and options.size != "all" and c.size != options.size:
            continue
        world, wrong = one(c, options)
        ran += 1
        failed += 1 if wrong else 0
        lines.append(row % (c.group, c.name, due(c), "%.2f" % world.seconds, "%.0f" % world.mib,
                            "FAIL " + wrong if wrong else "ok"))
        print(lines[-1], flush=True)
    lines.append("%d cases, %d failed; %s" % (ran, failed, kit.say_platform()))
    print(lines[-1])
    if options.table:
        with open(options.table, "w", encoding="utf-8") as f:
            f.write("\n".join(lines) + "\n")
    return 1 if failed or ran == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
