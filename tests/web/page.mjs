// The page in the browser, as a purchaser uses it: files in, findings, clauses, new document, report,
// catalogue, three languages, without a network, by keyboard, on a phone. What comes out is compared with
// the command line byte for byte. Pictures go to the folder --shots.
//   node page.mjs --page FOLDER --klimakrav PROGRAM --shots FOLDER      (through browser.sh)
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { axe, browser, serve } from "./browser.mjs";
import { DATE, ROOT, TEMPLATES, TIMESTAMP, arguments_, built, cli } from "./kit.mjs";

const given = arguments_();
const FIRST = "it-drift-indre-sund.docx";
const OTHERS = ["kantine-nordvag.docx", "matvarer-sjohaug.docx"];
const work = mkdtempSync(join(tmpdir(), "kk-page-"));
const faults = [];
mkdirSync(given.shots, { recursive: true });

const server = await serve(built(given.page));
const chromium = await browser();
const step = (words) => console.log(`- ${words}`);
const template = (name) => join(TEMPLATES, name);
const sum = (bytes) => createHash("sha256").update(bytes).digest("hex");

async function open(context) {
  const page = await context.newPage();
  page.on("console", (m) => (m.type() === "error" ? faults.push(m.text()) : null));
  page.on("pageerror", (e) => faults.push(e.message));
  await page.clock.setFixedTime(new Date(TIMESTAMP));
  await page.goto(server.address);
  await ready(page);
  return page;
}

const ready = (page) => page.waitForSelector("body.ready", { timeout: 60000 });

// Waits until the page has worked out what the chosen clauses make of the document.
async function settled(page, action) {
  const before = await page.getAttribute("#deliver", "data-n").catch(() => null);
  await action();
  await page.waitForFunction((old) => {
    const now = document.querySelector("#deliver")?.dataset.n;
    return now !== undefined && now !== old && document.querySelector("#clauses h3") !== null;
  }, before, { timeout: 60000 });
}

async function choose(page, ...paths) {
  await settled(page, () => page.setInputFiles("#pick", paths));
}

async function clean(page, where) {
  const found = await axe(page);
  assert.deepEqual(found, [], `axe finds faults: ${where}`);
  const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(wide <= room, `${where}: the page is ${wide} wide in a window of ${room}`);
}

async function saved(page, selector) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.click(selector)]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

// The command line's document; from: folder and name of the file.
function theirs(folder, name, ...words) {
  const out = join(work, "theirs.docx");
  const run = cli(given.klimakrav, folder, "insert", name, "-o", out, "--date", DATE, "--timestamp", TIMESTAMP, ...words);
  assert.notEqual(run.code, 2, run.err);
  return readFileSync(out);
}

function audit(lang, ...names) {
  return JSON.parse(cli(given.klimakrav, TEMPLATES, "audit", "--format", "json", "--lang", lang, "--date", DATE, ...names).out);
}

async function findings(page) {
  return page.$$eval("#findings .finding > p.strong", (all) => all.map((e) => e.textContent));
}

async function shot(page, name) {
  await page.screenshot({ path: join(given.shots, `${name}.png`), animations: "disabled" });
}

// ---- the tests ---------------------------------------------------------------------------------

async function oneFile(page) {
  await shot(page, "start");
  await clean(page, "before a file");
  await choose(page, template(FIRST));
  const document_ = audit("nb", FIRST).documents[0];
  assert.deepEqual(await findings(page), document_.findings.map((f) => f.message));
  assert.match(await page.textContent("#result .verdict"), /ikke oppfylt/);
  await clean(page, "one file");
  step("findings as on the command line, axe clean");

  const placed = document_.findings.findIndex((f) => f.place.paragraph !== null && f.evidence !== "");
  await page.click(`#finding-${placed} button.small`);
  const mark = await page.evaluate(() => [document.activeElement.className, document.activeElement.textContent]);
  assert.match(mark[0], /mark/);
  assert.equal(mark[1], document_.findings[placed].evidence);
  await shot(page, "findings");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), `finding-${placed}`);
  step("from finding to place and back by keyboard");
}

async function insertion(page) {
  const plain = await saved(page, "#download");
  assert.equal(plain.name, FIRST.replace(".docx", "-klimakrav.docx"));
  assert.equal(sum(plain.bytes), sum(theirs(TEMPLATES, FIRST)), "download and klimakrav insert differ");

  await settled(page, () => page.fill("#clauses .fields input[id$='-vekt']", "35"));
  assert.match(await page.textContent("#clauses .clause"), /35/);
  assert.equal(await page.evaluate(() => document.activeElement.id.endsWith("-vekt")), true, "the cursor left the field");
  const filled = await saved(page, "#download");
  assert.equal(sum(filled.bytes), sum(theirs(TEMPLATES, FIRST, "--set", "vekt=35")));
  assert.notEqual(sum(filled.bytes), sum(plain.bytes));
  step("the new document is the command line's, byte for byte; so with a field filled");

  await page.click("#view-new");
  assert.match(await page.textContent("#paper .new"), /Klima og miljø/);
  assert.ok(await page.locator("#paper ins").count() > 0, "no insertion shown");
  await clean(page, "preview");
  await shot(page, "preview");
  await page.click("#view-old");
  assert.equal(await page.locator("#paper .new").count(), 0);

  const boxes = page.locator("#clauses .card > .check input");
  for (let n = await boxes.count(); n > 0; n--) {
    await settled(page, () => boxes.nth(n - 1).uncheck());
  }
  assert.equal(await page.isDisabled("#download"), true);
  await settled(page, () => boxes.first().check());
  assert.equal(await page.isDisabled("#download"), false);
  step("preview; clauses left out and taken back");
}

async function manyFiles(page) {
  const files = [...OTHERS.map((n) => [n, template(n)]), ["encrypted-office.docx", join(ROOT, "fixtures/broken/encrypted-office.docx")],
    ["notat.txt", join(ROOT, "LICENSE")]].map(([name, path]) => [name, readFileSync(path).toString("base64")]);
  await page.evaluate((list) => {
    const transfer = new DataTransfer();
    for (const [name, base64] of list) {
      transfer.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name));
    }
    for (const kind of ["dragover", "drop"]) {
      document.querySelector("#drop").dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: transfer }));
    }
  }, files);
  await page.waitForFunction(() => document.querySelectorAll("#files tbody tr").length === 5
    && /3/.test(document.querySelector("#status").textContent), null, { timeout: 60000 });
  const broken = cli(given.klimakrav, join(ROOT, "fixtures/broken"), "audit", "--date", DATE, "--lang", "nb", "encrypted-office.docx").err;
  const line = broken.trim().replace("klimakrav: encrypted-office.docx: ", "");
  assert.ok((await page.textContent("#files tr:has-text('encrypted-office')")).includes(line), line);
  await clean(page, "many files");
  await shot(page, "files");
  await page.click("button[aria-label='Fjern encrypted-office.docx']");
  await page.click("button[aria-label='Fjern notat.txt']");
  await page.waitForFunction(() => document.querySelectorAll("#files tbody tr").length === 3);
  const names = [FIRST, ...OTHERS];
  const report = await saved(page, "#files .buttons button:nth-child(1)");
  const own = cli(given.klimakrav, TEMPLATES, "audit", "--format", "html", "--lang", "nb", "--date", DATE, ...names).out;
  assert.equal(report.bytes.toString(), own.toString());
  const gate = await saved(page, "#files .buttons button:nth-child(2)");
  assert.equal(gate.bytes.toString(), cli(given.klimakrav, TEMPLATES, "check", "--format", "html", "--lang", "nb", "--date", DATE, ...names).out.toString());

  await settled(page, () => page.check("#procurement"));
  const set = JSON.parse(cli(given.klimakrav, TEMPLATES, "audit", "--as-procurement", "--format", "json", "--lang", "nb", "--date", DATE, ...names).out);
  assert.ok((await page.textContent("#files .verdict")).includes(set.verdict.why));
  await settled(page, () => page.uncheck("#procurement"));
  step("many files by drop, a refused one with the command line's words, reports and procurement as there");
}

async function languages(page) {
  for (const lang of ["nn", "en"]) {
    await settled(page, () => page.selectOption("#lang", lang));
    assert.equal(await page.getAttribute("html", "lang"), lang);
    assert.deepEqual(await findings(page), audit(lang, FIRST).documents[0].findings.map((f) => f.message));
    await clean(page, lang);
  }
  await settled(page, () => page.selectOption("#lang", "nb"));
  step("bokmål, nynorsk and English");
}

async function catalogue(page) {
  await page.click("#nav-bank");
  const all = JSON.parse(cli(given.klimakrav, TEMPLATES, "rules", "list", "--format", "json", "--date", DATE).out).clauses
    .filter((c) => c.valid && c.status !== "retired");
  assert.equal(await page.locator("#bank .card").count(), all.length);
  await page.fill("#bank-search", "steg v");
  assert.match(await page.textContent("#bank-count"), new RegExp(`Viser [1-9] av ${all.length}`));
  await page.fill("#bank-search", "");
  await page.selectOption("#bank-type", "kontraktsvilkar");
  const terms = all.filter((c) => c.type === "kontraktsvilkar");
  assert.equal(await page.locator("#bank .card:visible").count(), terms.length);
  const id = terms.find((c) => c.id.startsWith("FEL-")).id;
  await page.click(`#bank .card:has-text('${id}') summary`);
  await page.waitForSelector(`button[data-insert='${id}']`);
  await clean(page, "catalogue");
  await shot(page, "bank");
  await settled(page, () => page.click(`button[data-insert='${id}']`));
  assert.match(await page.textContent("#clauses"), new RegExp(id));
  const ours = await saved(page, "#download");
  const first = theirs(TEMPLATES, FIRST, "--set", "vekt=35", ...await leftOut(page));
  const folder = mkdtempSync(join(work, "two-"));
  writeFileSync(join(folder, FIRST), first);
  assert.equal(sum(ours.bytes), sum(theirs(folder, FIRST, "--clause", id, "--set", "vekt=35")));
  step("catalogue: search, filter, and a chosen clause put in as the command line does it");
}

// After the boxes were tried only the first clause of the plan is in: named, it is the same.
async function leftOut(page) {
  const taken = await page.$$eval("#clauses .card:not(.off) > .check label .soft", (all) => all.map((e) => e.textContent.trim()));
  const boxes = await page.locator("#clauses .card.off").count();
  return boxes === 0 ? [] : ["--clause", taken[0]];
}

async function nothingLeaves(page, context) {
  await page.evaluate(() => navigator.serviceWorker.ready);
  const asked = server.asked.length;
  const foreign = await serve(given.page);
  const knock = async (address) => {
    try {
      await fetch(address, { mode: "no-cors" });
      return "open";
    } catch {
      return "shut";
    }
  };
  const before = faults.length;
  assert.equal(await page.evaluate(knock, foreign.address), "shut", "the page may ask another server");
  assert.equal(await page.workers()[0].evaluate(knock, foreign.address), "shut", "the worker may ask another server");
  assert.deepEqual(foreign.asked, []);
  assert.ok(faults.splice(before).every((f) => /Content Security Policy|Refused|violates/.test(f)));
  foreign.close();

  await choose(page, template(OTHERS[0]));
  await saved(page, "#files .buttons button:nth-child(1)");
  assert.deepEqual(server.asked.slice(asked), [], "something was asked for after the page was ready");

  server.close();
  await context.setOffline(true);
  await page.reload();
  await ready(page);
  await choose(page, template(FIRST));
  assert.equal(sum((await saved(page, "#download")).bytes), sum(theirs(TEMPLATES, FIRST)));
  step("nothing asked for after loading, no other server can be, and all works without a network");
}

async function phone() {
  const context = await chromium.newContext({ viewport: { width: 390, height: 760 }, locale: "nn-NO", hasTouch: true, isMobile: true });
  const page = await open(context);
  assert.equal(await page.getAttribute("html", "lang"), "nn");
  await choose(page, template(FIRST));
  await clean(page, "phone");
  await page.evaluate(() => document.querySelector("#result-heading").scrollIntoView());
  await shot(page, "phone");
  await page.setViewportSize({ width: 320, height: 600 });
  await clean(page, "320 wide");
  await context.close();
  step("phone, down to 320 wide");
}

async function keyboard() {
  const context = await chromium.newContext({ locale: "nb-NO" });
  const page = await open(context);
  const order = [];
  for (let i = 0; i < 6; i++) {
    await page.keyboard.press("Tab");
    order.push(await page.evaluate(() => document.activeElement.id || document.activeElement.className || document.activeElement.tagName));
  }
  assert.deepEqual(order, ["skip", "nav-check", "nav-bank", "lang", "pick", "SUMMARY"]);
  await choose(page, template(FIRST));
  assert.equal(await page.evaluate(() => document.activeElement.id), "result-heading", "focus is not led to the result");
  assert.equal(await page.getAttribute("#status", "aria-live"), "polite");
  assert.match(await page.textContent("#status"), new RegExp(FIRST));
  await context.close();
  step("order of the keyboard, focus and word of the result");
}

const context = await chromium.newContext({ viewport: { width: 1180, height: 760 }, locale: "nb-NO", acceptDownloads: true });
try {
  const page = await open(context);
  await oneFile(page);
  await insertion(page);
  await manyFiles(page);
  await languages(page);
  await catalogue(page);
  await phone();
  await keyboard();
  await nothingLeaves(page, context);
  assert.deepEqual(faults, [], "errors on the console");
} finally {
  await chromium.close();
  server.close();
  rmSync(work, { recursive: true });
}
console.log("the page does what the command line does");
