// The WebAssembly module and the command line give the same bytes: findings in every format and the new
// document, for every template; the same refusals for every broken file.
//   node same.mjs --page FOLDER --klimakrav PROGRAM
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DATE, ROOT, TEMPLATES, TIMESTAMP, arguments_, built, cli, startEngine, templates } from "./kit.mjs";

const given = arguments_();
const engine = await startEngine(built(given.page));
const work = mkdtempSync(join(tmpdir(), "kk-web-"));
const text = (bytes) => Buffer.from(bytes).toString();
const read = (folder, name) => readFileSync(join(folder, name));

function reports(name, id) {
  for (const format of ["json", "html", "sarif", "junit", "csv", "text"]) {
    const theirs = cli(given.klimakrav, TEMPLATES, "audit", "--date", DATE, "--lang", "nb", "--format", format, name);
    assert.equal(text(engine.report([id], format)), text(theirs.out), `${name}: audit as ${format}`);
  }
}

// The module's own document, or the line that says why there is none.
function inserted(id) {
  try {
    const plan = engine.plan(id);
    return { bytes: engine.apply().bytes, changes: plan.clauses.filter((c) => c.action === "insert").length };
  } catch (error) {
    assert.equal(error.name, "KlimakravError");
    return { bytes: null, changes: 0, why: error.message };
  }
}

function insertions(name, id, lang, extra, options) {
  engine.options({ date: DATE, timestamp: TIMESTAMP, lang, ...options });
  const out = join(work, name);
  const theirs = cli(given.klimakrav, TEMPLATES, "insert", name, "-o", out, "--date", DATE, "--timestamp", TIMESTAMP,
    "--lang", lang, ...extra);
  const ours = inserted(id);
  assert.equal(ours.bytes === null, theirs.code === 2, `${name}: refused by one only: ${ours.why} / ${theirs.err}`);
  if (ours.bytes !== null) {
    assert.ok(readFileSync(out).equals(Buffer.from(ours.bytes)), `${name}: other bytes (${extra.join(" ")})`);
    rmSync(out);
  }
  return ours.changes;
}

let changes = 0;
for (const name of templates()) {
  engine.options({ date: DATE, lang: "nb" });
  const { id, error } = engine.open(name, read(TEMPLATES, name));
  assert.equal(error, null, name);
  reports(name, id);
  changes += insertions(name, id, "nb", [], {});
  changes += insertions(name, id, "nn", ["--no-track", "--author", "Kari Ås", "--level", "spydspiss", "--set", "vekt=40"],
    { untracked: true, author: "Kari Ås", level: "spydspiss", values: { vekt: "40" } });
  engine.close(id);
}
assert.ok(changes > 20, `only ${changes} insertions in all: the test says too little`);

// All of them as one procurement, and as the screen before publishing.
engine.options({ date: DATE, lang: "en" });
const all = templates().map((name) => engine.open(name, read(TEMPLATES, name)).id);
for (const [command, how] of [["audit", { procurement: true }], ["check", { procurement: true, gate: true }]]) {
  const words = command === "audit" ? ["--as-procurement"] : [];
  const theirs = cli(given.klimakrav, TEMPLATES, command, ...words, "--date", DATE, "--lang", "en", "--format", "html",
    ...templates());
  assert.equal(text(engine.report(all, "html", how)), text(theirs.out), command);
}

const broken = join(ROOT, "fixtures/broken");
let refused = 0;
for (const name of templates(broken)) {
  engine.options({ date: DATE, lang: "nb" });
  const { id, error } = engine.open(name, read(broken, name));
  const theirs = cli(given.klimakrav, broken, "audit", "--date", DATE, "--lang", "nb", "--format", "json", name);
  assert.equal(error === null ? "" : `klimakrav: ${name}: ${error}\n`, theirs.err, name);
  assert.equal(text(engine.report([id], "json")), text(theirs.out), name);
  refused += error === null ? 0 : 1;
  engine.close(id);
}
assert.ok(refused > 15, `only ${refused} broken files refused`);
assert.throws(() => engine.plan(4000), { name: "KlimakravError" });
assert.throws(() => engine.show("NO-SUCH-01"), { name: "KlimakravError" });
rmSync(work, { recursive: true });
console.log(`${templates().length} templates, ${changes} insertions, ${refused} refusals: the same in both`);
