// The task pane's reading and writing against a stand-in for Word: bytes in slices, findings as on the command line, and
// for every template the same words in the same places as `klimakrav insert`, as tracked changes; comments; faults.
//   node logic.mjs --pane FOLDER --klimakrav PROGRAM      (through kit.sh)
import assert from "node:assert/strict";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DATE, TEMPLATES, TIMESTAMP, arguments_, built, cli, startEngine, templates } from "../web/kit.mjs";
import { Paper } from "./paper.mjs";

const { OfficeMockObject } = createRequire(join(process.env.KK_WORD_KIT, "package.json"))("office-addin-mock");
const given = arguments_();
const work = mkdtempSync(join(tmpdir(), "kk-word-"));
cpSync(built(given.pane), work, { recursive: true });
writeFileSync(join(work, "package.json"), '{"type":"module"}');
const part = (name) => import(join(work, name));
const [{ Fault, documentName, ofBody, readBytes, refuseReadOnly }, { insertAdditions }, { comment, content, show }, { additions, align, fold }] =
  await Promise.all(["document.js", "insert.js", "comments.js", "place.js"].map(part));
const engine = await startEngine(work);
const options = { date: DATE, lang: "nb", timestamp: TIMESTAMP };
const wrap = (properties) => new OfficeMockObject(properties, "word");
const text = (bytes) => Buffer.from(bytes).toString();

// The text of a file as the command line tells it.
const told = (folder, name) => JSON.parse(text(cli(given.klimakrav, folder, "text", "--format", "json", name).out)).paragraphs;

function atDesk(paper, bytes, more = {}) {
  const { files, Office, Word } = paper.office(bytes, more);
  Object.assign(globalThis, { Office, Word });
  return files;
}

const words = (paper) => paper.nodes().map((n) => [fold(paper.text(n)), n.depth > 0]);
const expected = (paragraphs) => ofBody(paragraphs).map((p) => [fold(p.text), p.cell !== undefined]);

// The first difference is enough: node takes minutes to show all of two long lists.
function same(name, is, should) {
  const k = should.findIndex((line, i) => String(is[i]) !== String(line));
  assert.deepEqual(is[k], should[k], `${name}: other words or places than the command line's, paragraph ${k}`);
  assert.equal(is.length, should.length, `${name}: other words than the command line's`);
}

// What is yellow among the new words, and what of the new prose is bold.
function looks(paper, paragraphs, clauses) {
  const fresh = paper.nodes().filter((n) => n.fresh);
  const marked = fresh.flatMap((n) => n.runs.filter((r) => r.mark !== "").map((r) => r.text));
  const bold = fresh.flatMap((n) => n.runs.filter((r) => r.bold).map((r) => r.text));
  const cut = (p, s) => Buffer.from(p.text).subarray(s.begin, s.end).toString();
  const ours = paragraphs.filter((p) => clauses.has(p.clause));
  const spans = (list, kind) => list.flatMap((p) => (p.spans ?? []).filter((s) => s.kind === kind).map((s) => cut(p, s)));
  return { is: { marked, bold: bold.join("") },
    should: { marked: spans(ours, "fillin"), bold: spans(ours.filter((p) => p.heading === undefined), "bold").join("") } };
}

async function inserted(name, paper, id, before) {
  const made = engine.rewrite(options, id);
  const out = join(work, name);
  const theirs = cli(given.klimakrav, TEMPLATES, "insert", name, "-o", out, "--date", DATE, "--timestamp", TIMESTAMP, "--lang", "nb");
  if (made.changes === 0) {
    return 0;
  }
  assert.notEqual(theirs.code, 2, theirs.err);
  const after = told(work, name);
  const n = await insertAdditions(before, ofBody(made.text.paragraphs));
  same(name, words(paper), expected(after));
  assert.equal(n, expected(after).length - before.length, name);
  assert.deepEqual([...new Set(paper.calls.map((c) => c.mode))], ["TrackAll"], `${name}: an untracked change`);
  assert.equal(paper.document.changeTrackingMode, "Off", `${name}: tracking was not put back`);
  const clauses = new Set(made.plan.clauses.filter((c) => c.action === "insert").map((c) => c.clause));
  const { is, should } = looks(paper, after, clauses);
  assert.deepEqual(is, should, `${name}: other looks`);
  dressed(name, paper, after);
  return n;
}

// New headings and prose have Word's name of the style that their sisters have; nothing unread was copied.
function dressed(name, paper, after) {
  const body = ofBody(after);
  const nodes = paper.nodes();
  nodes.forEach((n, i) => {
    if (!n.fresh) {
      return;
    }
    for (const value of [...["alignment", "leftIndent", "spaceAfter"].map((k) => n.proxy[k]), n.proxy.font.size]) {
      assert.ok(!/^Error, /.test(String(value)) || n.depth > 0, `${name}: unread property copied: ${value}`);
    }
    const sister = body.findIndex((p, k) => !nodes[k].fresh && p.style === body[i].style && p.heading === body[i].heading
      && p.listLevel === body[i].listLevel && p.cell === undefined && p.text.trim() !== "");
    if (n.depth === 0 && sister >= 0) {
      assert.equal(n.proxy.style, nodes[sister].proxy.style, `${name}: style of «${paper.text(n)}»`);
      assert.ok(!/^Error, /.test(n.proxy.style), `${name}: style of «${paper.text(n)}» was copied unread`);
      assert.equal(n.listed > 0, body[i].listLevel !== undefined, `${name}: list of «${paper.text(n)}»`);
    }
  });
}

async function commented(name, paper, body, findings) {
  const foreign = paper.comments.push({ content: "Hei", load: () => {}, delete: () => assert.fail("deleted a foreign comment") });
  assert.equal(await comment(body, findings), findings.length);
  assert.equal(paper.comments.length, foreign + findings.length);
  assert.equal(await comment(body, findings), findings.length);
  assert.deepEqual(paper.comments.slice(1).map((c) => c.said), findings.map(content), name);
  let exact = 0;
  for (const [i, finding] of findings.entries()) {
    const at = body.find((p) => p.paragraph === finding.place.paragraph);
    if (at !== undefined) {
      assert.equal(fold(paper.text(paper.comments[i + 1].node)), fold(at.text), `${name}: comment in the wrong paragraph`);
      assert.equal(await show(body, finding), true, `${name}: ${finding.rule} not shown`);
      assert.equal(paper.selected.at(-1).node, paper.comments[i + 1].node);
      exact += paper.selected.at(-1).text === finding.evidence ? 1 : 0;
    }
  }
  return exact;
}

async function template(name) {
  const bytes = readFileSync(join(TEMPLATES, name));
  const before = ofBody(told(TEMPLATES, name));
  const paper = new Paper(before, wrap);
  const files = atDesk(paper, bytes, { url: `https://kommune.example/sites/a%20b/${encodeURIComponent(name)}?web=1` });
  assert.ok(bytes.equals(Buffer.from(await readBytes())), `${name}: other bytes than the file's`);
  assert.deepEqual(files, { open: 0, opened: 1 });
  assert.equal(documentName(), name);
  engine.options(options);
  const { id, error } = engine.open(documentName(), await readBytes());
  assert.equal(error, null);
  const theirs = cli(given.klimakrav, TEMPLATES, "audit", "--date", DATE, "--lang", "nb", "--format", "json", name);
  assert.equal(text(engine.report([id], "json")), text(theirs.out), `${name}: other findings`);
  const { findings } = engine.audit([id]).documents[0];
  const body = ofBody(engine.text(id).paragraphs);
  const exact = await commented(name, paper, body, findings);
  paper.calls = [];
  const written = await inserted(name, paper, id, body);
  engine.close(id);
  return { exact, written };
}

// ---- faults: said, and nothing changed ---------------------------------------------------------

async function faults() {
  const name = "matvarer-sjohaug.docx";
  const bytes = readFileSync(join(TEMPLATES, name));
  const before = ofBody(told(TEMPLATES, name));
  const { id } = engine.open(name, bytes);
  const after = ofBody(engine.rewrite(options, id).text.paragraphs);
  const is = (key) => (error) => error instanceof Fault && error.key === key;

  for (const fail of ["file", "slice"]) {
    const files = atDesk(new Paper(before, wrap), bytes, { fail });
    await assert.rejects(readBytes(), is("file"));
    assert.equal(files.open, 0, "a file was left open");
  }

  atDesk(new Paper(before, wrap, { readOnly: true }), bytes);
  assert.throws(refuseReadOnly, is("protected"));
  const closed = new Paper(before, wrap, { refuse: "AccessDenied" });
  atDesk(closed, bytes);
  await assert.rejects(insertAdditions(before, after), { code: "AccessDenied" });
  assert.equal(closed.document.changeTrackingMode, "Off", "tracking was not put back after a refusal");
  same("refused", words(closed), expected(before));

  // Somebody took the paragraph away that the insertion stands behind.
  const jobs = additions(before, after);
  const gone = new Paper(before.filter((_, k) => k !== jobs[0].after), wrap);
  atDesk(gone, bytes);
  await assert.rejects(insertAdditions(before, after), is("place"));
  assert.deepEqual(gone.calls, []);

  // A row with one cell less than the library knows.
  const { table, row, column } = before[jobs.find((j) => j.kind === "rows").after].cell;
  const narrow = new Paper(before.filter(({ cell }) => !(cell?.table === table && cell.row === row && cell.column === column - 1)), wrap);
  atDesk(narrow, bytes);
  await assert.rejects(insertAdditions(before, after), is("table"));
  assert.deepEqual(narrow.calls, []);

  await assert.rejects(insertAdditions(before, after.map((p, k) => (k === 3 ? { ...p, text: "Byttet" } : p))), is("changes"));
}

function alignment() {
  const list = (s) => s.split(" ");
  assert.deepEqual(align(list("a b c d"), list("a x b c d")), [0, 2, 3, 4]);
  assert.deepEqual(align(list("a b b c"), list("b b c")), [-1, 0, 1, 2]);
  assert.deepEqual(align(list("x a y b x"), list("x y a b x x")), [0, -1, 1, 3, 5]);
  assert.deepEqual(align(["Fem\u2011seks  ord\u00ad"], ["", "Fem\u001eseks\u00a0ord"]), [1]);
  assert.deepEqual(align([], list("a b")), []);
}

alignment();
const total = { exact: 0, written: 0, files: 0 };
for (const name of templates()) {
  const { exact, written } = await template(name);
  total.exact += exact;
  total.written += written;
  total.files += written > 0 ? 1 : 0;
}
await faults();
assert.ok(existsSync(join(work, "taskpane.html")));
assert.ok(total.files > 12 && total.written > 50 && total.exact > 30, `the test says too little: ${JSON.stringify(total)}`);
rmSync(work, { recursive: true });
console.log(`${templates().length} templates: findings as on the command line, ${total.written} paragraphs put into ${total.files}, `
  + `${total.exact} findings shown on their exact words`);
