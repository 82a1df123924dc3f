// The task pane: buttons, findings, clauses. Knows Word through document, insert and comments, the rules through
// the engine; the lists are those of the page in the browser.
import { ClauseList } from "./clauses.js";
import { comment, show } from "./comments.js";
import { Fault, documentName, ofBody, readBytes, refuseReadOnly } from "./document.js";
import { announce, byId, fill, goTo, h } from "./dom.js";
import { Engine } from "./engine.js";
import { findingList, verdictBanner } from "./findings.js";
import { insertAdditions } from "./insert.js";
import { lang, say, sayAll, setLang } from "./texts.js";
import "./words.js";

/** @typedef {import("./engine.js").Audited} Audited */
/** @typedef {import("./engine.js").Paragraph} Paragraph */

const today = () => new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 10);
const settings = { date: today(), level: "basis", clauseLang: "" };
/** @type {Engine} */
let engine;
let canWrite = false;
let busy = false;

// What was read last. id is the engine's number of the document, -1 before the first check.
/** @type {{ id: number, body: Paragraph[], audit: Audited | null, leftOut: string[], extra: string[], values: Record<string, string>, rewritten: import("./engine.js").Rewritten | null }} */
const file = { id: -1, body: [], audit: null, leftOut: [], extra: [], values: {}, rewritten: null };

function options() {
  return { ...settings, lang: lang(), author: "klimakrav", timestamp: `${new Date().toISOString().slice(0, 19)}Z`, values: file.values };
}

// ---- words for what went wrong -----------------------------------------------------------------

/** @param {any} error */
function explain(error) {
  if (error instanceof Fault) {
    return say(`pane_fault_${error.key}`, error.detail);
  }
  if (error?.code === "AccessDenied" || error?.code === "NotAllowed") {
    return say("pane_fault_protected");
  }
  return error?.name === "KlimakravError" ? say("failed", error.message) : say("pane_fault_word", error?.message ?? String(error));
}

/** @param {string} text */
function failure(text) {
  byId("failure").hidden = text === "";
  byId("failure").textContent = text;
}

// One thing at a time; every failure is seen.
/** @param {() => Promise<void>} action */
async function run(action) {
  if (busy) {
    return;
  }
  busy = true;
  failure("");
  document.body.setAttribute("aria-busy", "true");
  try {
    await action();
  } catch (error) {
    announce("");
    failure(explain(error));
  } finally {
    busy = false;
    document.body.removeAttribute("aria-busy");
  }
}

// ---- reading -----------------------------------------------------------------------------------

async function read() {
  const { id, error } = engine.open(documentName(), await readBytes());
  if (error !== null) {
    engine.close(id);
    throw new Fault("unreadable", error);
  }
  if (file.id >= 0) {
    engine.close(file.id);
  }
  file.id = id;
  file.body = ofBody(engine.text(id).paragraphs);
}

function judge() {
  engine.options(options());
  file.audit = engine.audit([file.id]).documents[0];
  file.rewritten = engine.rewrite(options(), file.id, { leftOut: file.leftOut });
}

async function check() {
  announce(say("pane_checking"));
  await read();
  judge();
  showAll();
  announce(say("pane_checked", file.audit?.findings.length ?? 0));
}

// ---- acting ------------------------------------------------------------------------------------

async function insert() {
  refuseReadOnly();
  // The document may have changed since the check: it is read again, and the choices are kept.
  await read();
  judge();
  const made = file.rewritten;
  const n = made === null || made.changes === 0 ? 0 : await insertAdditions(file.body, ofBody(made.text.paragraphs));
  await check();
  announce(`${say("pane_inserted", made?.changes ?? 0, n)}${made?.wantsToc ? ` ${say("toc")}` : ""}`);
}

async function annotate() {
  refuseReadOnly();
  await check();
  announce(say("pane_commented", await comment(file.body, file.audit?.findings ?? [])));
}

/** @param {import("./engine.js").Finding} finding */
async function seek(finding) {
  announce(say(await show(file.body, finding) ? "pane_shown" : "pane_nowhere"));
}

async function gate() {
  await check();
  const { ready, law, documents } = engine.audit([file.id], { procurement: true, gate: true });
  const unknown = (law ?? []).filter((l) => !l.known);
  const { findings } = documents[0];
  fill(byId("result"),
    h("section", { id: "gate", "aria-labelledby": "gate-heading" },
      h("h2", { id: "gate-heading", tabindex: -1 }, say("pane_gate")),
      h("p", { class: `verdict ${ready ? "good" : "bad"} strong` }, say(ready ? "pane_ready" : "pane_not_ready")),
      verdictBanner(documents[0].verdict),
      unknown.length === 0 ? null : [h("h3", {}, say("pane_unknown")), h("ul", {}, unknown.map((l) => h("li", {}, l.says)))],
      h("h3", {}, `${say("findings")} (${findings.length})`),
      findingList(findings, (i) => run(() => seek(findings[i])))));
  goTo(byId("gate-heading"), "start");
}

// ---- showing -----------------------------------------------------------------------------------

const clauses = new ClauseList({
  changed: () => run(async () => {
    judge();
    showClauses();
  }),
});

function showClauses() {
  clauses.show(file);
  const changes = file.rewritten?.changes ?? 0;
  fill(byId("do-insert"), changes === 0 ? null
    : h("button", { type: "button", id: "insert", class: "primary", disabled: !canWrite, onclick: () => run(insert) },
      `${say("pane_insert")} (${changes})`));
}

function showAll() {
  const { audit } = file;
  if (audit === null) {
    return;
  }
  const { findings } = audit;
  fill(byId("result"),
    verdictBanner(audit.verdict),
    h("section", { "aria-labelledby": "findings-heading" },
      h("h2", { id: "findings-heading", tabindex: -1 }, `${say("findings")} (${findings.length})`),
      findingList(findings, (i) => run(() => seek(findings[i]))),
      findings.length === 0 ? null : h("p", {}, h("button", { type: "button", id: "comment", disabled: !canWrite,
        onclick: () => run(annotate) }, say("pane_comment")))),
    h("section", { id: "clauses", "aria-labelledby": "clauses-heading" }),
    h("div", { id: "do-insert", class: "deliver" }));
  showClauses();
}

/** @param {"date" | "level" | "clauseLang"} key @param {HTMLElement} control */
function field(key, control) {
  control.id = `set-${key}`;
  control.addEventListener("change", () => run(async () => {
    const { value } = /** @type {HTMLInputElement} */ (control);
    settings[key] = value === "" && key === "date" ? today() : value;
    if (file.id >= 0) {
      judge();
      showAll();
    }
  }));
  return h("div", { class: "field-row" }, h("label", { for: control.id }, say(key)), control);
}

/** @param {string} chosen @param {[string, string][]} entries */
function choice(chosen, entries) {
  return h("select", {}, entries.map(([value, text]) => h("option", { value, selected: value === chosen }, text)));
}

/** @param {string} code */
function speak(code) {
  setLang(code);
  /** @type {HTMLSelectElement} */ (byId("lang")).value = lang();
  document.title = say("pane_title");
  sayAll();
  fill(byId("options"),
    field("date", h("input", { type: "date", value: settings.date })),
    field("level", choice(settings.level, [["basis", say("level_basis")], ["avansert", say("level_avansert")], ["spydspiss", say("level_spydspiss")]])),
    field("clauseLang", choice(settings.clauseLang, [["", say("clauseLangAuto")], ["nb", say("bokmal")], ["nn", say("nynorsk")]])));
  if (file.id >= 0) {
    judge();
    showAll();
  }
}

// ---- start -------------------------------------------------------------------------------------

/** @param {string} address */
async function bytesOf(address) {
  const answer = await fetch(address);
  if (!answer.ok) {
    throw new Error(`${address}: ${answer.status}`);
  }
  return new Uint8Array(await answer.arrayBuffer());
}

// Word's own language where it is one of ours.
function wordsLanguage() {
  const code = (Office.context.displayLanguage ?? "nb").toLowerCase().split("-")[0];
  return code === "nn" || code === "en" ? code : "nb";
}

async function start() {
  const { host } = await Office.onReady();
  speak(host === Office.HostType.Word ? wordsLanguage() : "nb");
  byId("lang").addEventListener("change", (event) => run(async () => speak(/** @type {HTMLSelectElement} */ (event.target).value)));
  byId("options").addEventListener("submit", (event) => event.preventDefault());
  if (host !== Office.HostType.Word) {
    throw new Fault("host");
  }
  announce(say("starting"));
  const [wasm, bank] = await Promise.all([bytesOf("klimakrav.wasm"), bytesOf("bank.kkb")]);
  engine = await Engine.start(wasm, [{ name: "bank.kkb", bytes: bank }]);
  const { version, bank: rules } = engine.about();
  byId("about").textContent = `klimakrav ${version} · ${rules}`;
  canWrite = Office.context.requirements.isSetSupported("WordApi", "1.4");
  for (const [id, action] of /** @type {[string, () => Promise<void>][]} */ ([["check", check], ["gate-button", gate]])) {
    byId(id).addEventListener("click", () => run(action));
    byId(id).removeAttribute("disabled");
  }
  document.body.classList.add("ready");
  announce(say("ready"));
  if (!canWrite) {
    failure(say("pane_fault_old", "WordApi 1.4"));
  }
}

start().catch((error) => failure(explain(error)));
