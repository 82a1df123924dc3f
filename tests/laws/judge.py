"""The judge from outside, docx-oracle, asked from one process: findings about an input are worked out
once, and a verdict on the same pair of files is remembered in the cache folder."""
import collections
import hashlib
import importlib.machinery
import importlib.util
import json
import os
import threading


class Judge:
    def __init__(self, tool, cache=None, need=("xsd", "sdk")):
        loader = importlib.machinery.SourceFileLoader("docx_oracle", tool)
        spec = importlib.util.spec_from_loader("docx_oracle", loader)
        self.oracle = importlib.util.module_from_spec(spec)
        loader.exec_module(self.oracle)
        self.tool_hash = hashlib.sha256(open(tool, "rb").read()).hexdigest()
        self.cache, self.need = cache, need
        self.base, self.lock = {}, threading.Lock()
        if cache:
            os.makedirs(cache, exist_ok=True)

    def remembered(self, key, work):
        if not self.cache:
            return work()
        path = os.path.join(self.cache, key)
        if os.path.exists(path):
            return json.load(open(path, encoding="utf-8"))
        value = work()
        with open(path + ".%d" % threading.get_ident(), "w", encoding="utf-8") as f:
            json.dump(value, f)
        os.replace(f.name, path)
        return value

    def findings(self, path):
        """Multiset of findings of all checks; an oracle that is missing is an error, never silence."""
        found, skipped = self.oracle.validate(path, self.need)
        for name in self.need:
            if name in skipped:
                raise RuntimeError("the check %s could not run: %s" % (name, skipped[name]))
        return found

    def base_findings(self, path):
        with self.lock:
            if path not in self.base:
                key = self.key("base", path)
                listed = self.remembered(key, lambda: [[list(f), n] for f, n in self.findings(path).items()])
                self.base[path] = collections.Counter({self.oracle.Finding(*f): n for f, n in listed})
            return self.base[path]

    def key(self, kind, *paths):
        h = hashlib.sha256((kind + self.tool_hash + ",".join(self.need)).encode())
        for p in paths:
            h.update(hashlib.sha256(open(p, "rb").read()).digest())
        return h.hexdigest()

    def check(self, before, after, tracked):
        """What `check BEFORE AFTER [--tracked-only]` would print as errors, as a list of lines."""
        return self.remembered(self.key("check-%s" % tracked, before, after),
                               lambda: self.check_now(before, after, tracked))

    def check_now(self, before, after, tracked):
        new = self.findings(after) - self.base_findings(before)
        errors = [("valid",) + tuple(f) for f in new.elements()]
        compared = self.oracle.Comparison(before, after, (), tracked).run()
        errors += [("compare",) + tuple(f) for f in compared.errors]
        if tracked:
            errors += [("reject",) + tuple(f) for f in self.oracle.rejected_differs(before, after)]
        return ["%s %s %s: %s" % tuple(str(x)[:160] for x in e) for e in errors]

    def resolve(self, path, out, accept):
        self.oracle.resolve_file(path, out, accept)

    def text(self, path):
        """Visible lines of all running text, by the judge's own reading."""
        p = self.oracle.Package(path)
        return {n: [l for l in self.lines(t)] for n, t in p.stories().items() if t.tag != "w:comments"}

    def lines(self, tree):
        for e in tree.walk():
            if e.tag == "w:p":
                words = "".join("".join(k for k in x.kids if isinstance(k, str)) for x in e.walk()
                                if x.tag == "w:t")
                if words:
                    yield words
