// The task pane in Chromium as a purchaser uses it, with a stand-in for Word behind Office.js's own address: check, show,
// comment, insert, ready to publish, three languages, a protected document; axe and the content policy. The picture of
// the pane goes to the folder --shots.      node pane.mjs --pane FOLDER --klimakrav PROGRAM --shots FOLDER
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { axe, browser, serve } from "../web/browser.mjs";
import { DATE, ROOT, TEMPLATES, TIMESTAMP, arguments_, built, cli } from "../web/kit.mjs";

const given = arguments_();
const NAME = "matvarer-sjohaug.docx";
const OFFICE = "https://appsforoffice.microsoft.com/lib/1/hosted/office.js";
const bytes = readFileSync(join(TEMPLATES, NAME));
const asked = (...words) => JSON.parse(cli(given.klimakrav, TEMPLATES, ...words, NAME).out);
const { paragraphs } = asked("text", "--format", "json");
const { findings } = asked("audit", "--format", "json", "--lang", "nb", "--date", DATE).documents[0];
const paper = readFileSync(join(ROOT, "tests/word/paper.mjs"), "utf8").replace("export class", "class");
const server = await serve(built(given.pane));
const chromium = await browser();
const faults = [];
mkdirSync(given.shots, { recursive: true });

// What stands at Office.js's address: the paper and the document on it.
function office(more) {
  const data = JSON.stringify({ paragraphs, bytes: bytes.toString("base64"), more, name: NAME });
  return `(() => { ${paper}
    const { paragraphs, bytes, more, name } = ${data};
    const paper = new Paper(paragraphs, (p) => ({ ...p, load() {} }), more);
    const { Office, Word } = paper.office(Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0)), { url: name, ...more });
    Object.assign(globalThis, { Office, Word, paper });
  })();`;
}

async function open(more = {}) {
  const page = await chromium.newPage({ viewport: { width: 340, height: 760 } });
  page.on("console", (m) => (m.type() === "error" ? faults.push(m.text()) : null));
  page.on("pageerror", (e) => faults.push(e.message));
  await page.route(OFFICE, (route) => route.fulfill({ contentType: "text/javascript", body: office(more) }));
  await page.clock.setFixedTime(new Date(TIMESTAMP));
  await page.goto(`${server.address}taskpane.html`);
  await page.waitForSelector("body.ready", { timeout: 60000 });
  return page;
}

const said = (page, words) => page.waitForFunction((w) => document.querySelector("#status").textContent.includes(w), words);

async function clean(page, where) {
  assert.deepEqual(await axe(page), [], `axe finds faults: ${where}`);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${where}: wider than the pane`);
}

async function work() {
  const page = await open();
  await clean(page, "before the check");
  await page.click("#check");
  await said(page, `${findings.length} funn`);
  assert.deepEqual(await page.$$eval(".finding > p.strong", (all) => all.map((e) => e.textContent)), findings.map((f) => f.message));
  await page.screenshot({ path: join(given.shots, "pane.png"), animations: "disabled" });
  await clean(page, "after the check");

  const placed = findings.findIndex((f) => f.place.paragraph !== null && f.evidence !== "");
  await page.click(`#finding-${placed} button.small`);
  await said(page, "Vist i dokumentet");
  assert.equal(await page.evaluate(() => globalThis.paper.selected.at(-1).text), findings[placed].evidence);

  await page.click("#comment");
  await said(page, `${findings.length} kommentarer`);
  assert.equal(await page.evaluate(() => globalThis.paper.comments.length), findings.length);

  await page.fill("#clauses input[id$='-andel']", "45");
  await page.waitForFunction(() => document.querySelector("#clauses .clause").textContent.includes("45"));
  await page.evaluate(() => { globalThis.paper.calls = []; });
  await page.click("#insert");
  await said(page, "Satt inn: 2 klausuler");
  const made = await page.evaluate(() => ({ calls: globalThis.paper.calls, text: globalThis.paper.nodes().map((n) => globalThis.paper.text(n)).join("\n") }));
  assert.match(made.text, /Minst 45 % av matvarene/);
  assert.ok(made.calls.every((c) => c.mode === "TrackAll"));

  await page.click("#gate-button");
  await page.waitForSelector("#gate");
  assert.match(await page.textContent("#gate"), /Ikke klar/);
  await clean(page, "ready to publish");
  for (const [code, heading] of [["nn", "Klar til kunngjering?"], ["en", "Ready to publish?"]]) {
    await page.selectOption("#lang", code);
    assert.equal(await page.textContent("#gate-button"), heading);
    assert.equal(await page.getAttribute("html", "lang"), code);
  }
  await page.close();
}

async function refused() {
  for (const [more, words] of [[{ readOnly: true }, /skrivebeskyttet/], [{ refuse: "AccessDenied" }, /skrivebeskyttet/]]) {
    const page = await open(more);
    await page.click("#check");
    await page.waitForSelector("#insert");
    await page.click("#insert");
    await page.waitForSelector("#failure:not([hidden])");
    assert.match(await page.textContent("#failure"), words);
    assert.deepEqual(await page.evaluate(() => globalThis.paper.calls), []);
    await page.close();
  }
  const page = await open({ fail: "file" });
  await page.click("#check");
  await page.waitForSelector("#failure:not([hidden])");
  assert.match(await page.textContent("#failure"), /Er det lukket.*The document is closed/);
  await clean(page, "a fault");
  await page.close();
}

try {
  await work();
  await refused();
  assert.deepEqual(faults, []);
  console.log("task pane: checked, shown, commented, inserted, refused; axe clean");
} finally {
  await chromium.close();
  server.close();
}
