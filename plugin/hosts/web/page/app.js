// The page: files in, results out. Knows the worker and the parts of the page; the rules of climate
// clauses are the library's.
import { Catalogue } from "./catalogue.js";
import { ClauseList } from "./clauses.js";
import { announce, byId, fill, goTo, h, save } from "./dom.js";
import { renderDocument, showFinding, showNextChange } from "./document.js";
import { findingList, verdictBanner } from "./findings.js";
import { lang, preferredLang, say, sayAll, setLang } from "./texts.js";

const KINDS = /\.(docx|dotx|docm|dotm)$/i;
const DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

// ---- the worker --------------------------------------------------------------------------------

// Made from a blob, so that it stands under the page's own content policy.
const boot = `import ${JSON.stringify(new URL("worker.js", import.meta.url).href)};`;
const worker = new Worker(URL.createObjectURL(new Blob([boot], { type: "text/javascript" })), { type: "module" });
const waiting = new Map();
let lastCall = 0;

worker.addEventListener("message", ({ data: { id, value, error } }) => {
  const { done, fail } = waiting.get(id);
  waiting.delete(id);
  if (error === undefined) {
    done(value);
  } else {
    fail(new Error(error));
  }
});
worker.addEventListener("error", (event) => failure(say("cannotStart", event.message ?? "")));

function call(name, ...args) {
  lastCall += 1;
  const id = lastCall;
  return new Promise((done, fail) => {
    waiting.set(id, { done, fail });
    worker.postMessage({ id, call: name, args });
  });
}

async function bytesOf(address) {
  const answer = await fetch(address);
  if (!answer.ok) {
    throw new Error(`${address}: ${answer.status}`);
  }
  return new Uint8Array(await answer.arrayBuffer());
}

function failure(text) {
  byId("failure").hidden = false;
  byId("failure").textContent = text;
}

// ---- state -------------------------------------------------------------------------------------

const settings = { date: today(), level: "basis", author: "klimakrav", clauseLang: "", tracked: true, procurement: false };
const files = []; // {id, name, error, audit, leftOut, extra, values, rewritten}
let chosen = null;
let setAudit = null;
let about = null;
let catalogue = null;
let showChanges = false;

function today() {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
}

// What is kept between visits, on this computer alone.
function remember() {
  try {
    const { level, author, clauseLang, tracked } = settings;
    localStorage.setItem("klimakrav", JSON.stringify({ lang: lang(), level, author, clauseLang, tracked }));
  } catch {
    // Private windows may forbid it.
  }
}

function recall() {
  let kept = {};
  try {
    kept = JSON.parse(localStorage.getItem("klimakrav")) ?? {};
  } catch {
    // Nothing kept, or not ours.
  }
  for (const key of ["level", "author", "clauseLang", "tracked"]) {
    settings[key] = typeof kept[key] === typeof settings[key] ? kept[key] : settings[key];
  }
  setLang(kept.lang ?? preferredLang());
}

function options(file = null) {
  return {
    date: settings.date,
    lang: lang(),
    level: settings.level,
    clauseLang: settings.clauseLang,
    author: settings.author.trim() || "klimakrav",
    untracked: !settings.tracked,
    upgrade: true,
    timestamp: `${new Date().toISOString().slice(0, 19)}Z`,
    values: file?.values ?? null,
  };
}

const readable = () => files.filter((f) => f.error === null);
const asSet = () => settings.procurement && readable().length > 1;

// ---- checking ----------------------------------------------------------------------------------

async function take(list) {
  const wanted = [...list].filter((f) => KINDS.test(f.name) && !f.name.startsWith("~$"));
  const odd = [...list].filter((f) => !wanted.includes(f) && !f.name.startsWith("~$"));
  for (const [i, file] of wanted.entries()) {
    announce(say("checking", i + 1, wanted.length, file.name));
    const { id, error } = await call("open", file.name, new Uint8Array(await file.arrayBuffer()));
    files.push({ id, name: file.name, error, audit: null, leftOut: [], extra: [], values: {}, rewritten: null });
  }
  for (const file of odd) {
    // Not the name of a template: the library says what it is, as it does on the command line.
    const { id, error } = await call("open", file.name, new Uint8Array(await file.arrayBuffer()));
    files.push({ id, name: file.name, error: error ?? say("unreadable"), audit: null, leftOut: [], extra: [], values: {}, rewritten: null });
  }
  if (wanted.length + odd.length > 0) {
    const first = files[files.length - wanted.length - odd.length];
    chosen = chosen ?? first;
    await check();
    goTo(byId(files.length > 1 ? "files-heading" : "result-heading") ?? byId("files-heading"), "start");
  }
}

// Audits everything anew: after new files, other settings, another language.
async function check() {
  const all = readable();
  setAudit = null;
  if (asSet()) {
    setAudit = await call("audit", options(), all.map((f) => f.id), true);
    all.forEach((f, i) => { f.audit = setAudit.documents[i]; });
  } else {
    for (const [i, f] of all.entries()) {
      announce(say("checking", i + 1, all.length, f.name));
      f.audit = (await call("audit", options(), [f.id], false)).documents[0];
    }
  }
  files.forEach((f) => { f.rewritten = null; });
  showFiles();
  await showResult();
  if (all.length === 1) {
    announce(say("checkedOne", all[0].name, all[0].audit.findings.length));
  } else if (all.length > 1) {
    announce(say("checkedMany", all.length));
  } else {
    announce("");
  }
}

function counts(audit) {
  const n = { error: 0, warning: 0, info: 0 };
  audit.findings.forEach((f) => { n[f.level] += 1; });
  return n;
}

// ---- the list of files -------------------------------------------------------------------------

function verdictTag(verdict) {
  const [key, look] = verdict.satisfied === true ? ["satisfied_yes", "good"]
    : verdict.satisfied === false ? ["satisfied_no", "error"] : ["satisfied_unknown", "info"];
  return h("span", { class: `tag ${look}` }, say(key));
}

function fileRow(file) {
  const n = file.audit === null ? null : counts(file.audit);
  const name = file.error === null
    ? h("button", { type: "button", class: "link", "aria-current": file === chosen ? "true" : null,
      onclick: () => choose(file) }, file.name)
    : file.name;
  const cells = n === null
    ? [h("td", { colspan: 4 }, h("span", { class: "tag error" }, say("unreadable")), " ", file.error)]
    : [h("td", {}, verdictTag(file.audit.verdict)),
      ...["error", "warning", "info"].map((level) => h("td", { class: "n", "data-label": say({ error: "errors", warning: "warnings", info: "infos" }[level]) }, String(n[level])))];
  return h("tr", { class: file === chosen ? "chosen" : null }, h("th", { scope: "row" }, name), cells,
    h("td", {}, h("button", { type: "button", class: "small", "aria-label": say("removeFile", file.name),
      onclick: () => remove([file]) }, say("remove"))));
}

function showFiles() {
  const box = byId("files");
  box.hidden = files.length === 0;
  document.body.classList.toggle("has-files", files.length > 0);
  const head = [say("file"), say("verdict"), say("errors"), say("warnings"), say("infos")];
  fill(box,
    h("div", { class: "bar" },
      h("h2", { id: "files-heading", tabindex: -1 }, say("files")),
      h("div", { class: "buttons" },
        h("button", { type: "button", onclick: () => saveReport(false), disabled: readable().length === 0 }, say("report")),
        h("button", { type: "button", onclick: () => saveReport(true), disabled: readable().length === 0 }, say("gate")),
        files.length > 1 ? h("button", { type: "button", onclick: () => remove([...files]) }, say("removeAll")) : null)),
    readable().length > 1 ? h("label", { class: "check" },
      h("input", { type: "checkbox", id: "procurement", checked: settings.procurement, onchange: (event) => {
        settings.procurement = event.target.checked;
        run(check);
      } }), " ", say("procurement")) : null,
    setAudit?.verdict ? verdictBanner(setAudit.verdict, say("verdictSet")) : null,
    h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": `${say("files")}: ${say("verdict")}` },
      h("table", { class: "list" },
        h("thead", {}, h("tr", {}, head.map((t, i) => h("th", { scope: "col", class: i > 1 ? "n" : null }, t)),
          h("td", {}))),
        h("tbody", {}, files.map(fileRow)))));
}

async function choose(file) {
  chosen = file;
  showFiles();
  await run(showResult);
  goTo(byId("result-heading"), "start");
}

async function remove(which) {
  for (const file of which) {
    await call("close", file.id);
    files.splice(files.indexOf(file), 1);
  }
  if (!files.includes(chosen)) {
    chosen = readable()[0] ?? null;
  }
  await run(check);
  goTo(byId(files.length > 0 ? "files-heading" : "drop"));
}

async function saveReport(gate) {
  const ids = files.map((f) => f.id);
  const bytes = await call("report", options(), ids, "html", { procurement: gate || asSet(), gate });
  const name = `${say(gate ? "gateName" : "reportName")}.html`;
  save(name, "text/html", bytes);
  announce(say("downloaded", name));
}

// ---- one document ------------------------------------------------------------------------------

const clauseList = new ClauseList({
  changed: () => run(async () => {
    await rewrite();
    showDocument();
  }),
  preview: () => setView(true),
  bank: () => { location.hash = "#klausuler"; },
});

// Computes anew what the chosen clauses make of the document. A later wish overtakes an earlier one.
let wish = 0;
async function rewrite() {
  const file = chosen;
  wish += 1;
  const mine = wish;
  const result = await call("rewrite", options(file), file.id, { leftOut: file.leftOut, extra: file.extra });
  if (mine === wish && file === chosen) {
    file.rewritten = result;
    clauseList.show(file);
    showDownload();
  }
}

async function showResult() {
  const box = byId("result");
  if (chosen === null || chosen.error !== null) {
    box.hidden = true;
    return;
  }
  const { audit, name } = chosen;
  box.hidden = false;
  box.setAttribute("aria-labelledby", "result-heading");
  showChanges = false;
  fill(box,
    h("h2", { id: "result-heading", tabindex: -1 }, name),
    verdictBanner(audit.verdict),
    audit.categories.length > 0 ? h("p", { class: "soft" },
      say("categories", audit.categories.map((c) => c.name).join(", "))) : null,
    h("p", { class: "jump" }, `${say("jump")}: `,
      [["findings", "findings"], ["clauses", "clausesToInsert"], ["document", "document"]].map(([id, key]) =>
        h("a", { href: `#${id}`, onclick: (event) => {
          event.preventDefault();
          goTo(byId(`${id}-heading`), "start");
        } }, say(key)))),
    h("div", { id: "parts" },
      h("div", { class: "left" },
        h("section", { id: "findings", "aria-labelledby": "findings-heading" }),
        h("section", { id: "clauses", "aria-labelledby": "clauses-heading" })),
      h("section", { id: "document", "aria-labelledby": "document-heading" },
        h("div", { class: "bar" },
          h("h3", { id: "document-heading", tabindex: -1 }, say("document")),
          h("div", { class: "switch", role: "group", "aria-label": say("view") },
            h("button", { type: "button", id: "view-old", "aria-pressed": "true", onclick: () => setView(false) }, say("original")),
            h("button", { type: "button", id: "view-new", "aria-pressed": "false", onclick: () => setView(true) }, say("preview")))),
        h("div", { id: "changes-bar", class: "changes-bar", hidden: true },
          h("button", { type: "button", class: "small", onclick: () => showNextChange(byId("paper")) }, say("nextChange"))),
        h("div", { id: "paper", class: "paper", role: "region", tabindex: 0, "aria-label": say("documentRegion", name) }))),
    h("div", { id: "deliver", class: "deliver" }));
  chosen.text ??= await call("text", chosen.id);
  showDocument();
  await rewrite();
}

// Findings of what is shown: the document as it is, or with the changes.
function shownFindings() {
  return showChanges && chosen.rewritten !== null ? chosen.rewritten.findings.findings : chosen.audit.findings;
}

function showFindings() {
  const findings = shownFindings();
  fill(byId("findings"),
    h("h3", { id: "findings-heading" }, `${say(showChanges ? "findingsAfter" : "findings")} (${findings.length})`),
    findingList(findings, seek));
}

function showDocument() {
  const paper = byId("paper");
  const ready = showChanges && chosen.rewritten !== null;
  const text = ready ? chosen.rewritten.text : chosen.text;
  renderDocument(paper, text, { findings: ready ? [] : chosen.audit.findings, before: ready ? chosen.text : null,
    onfinding: (i) => goTo(byId(`finding-${i}`)) });
  showFindings();
  byId("changes-bar").hidden = !ready || chosen.rewritten.changes === 0;
  byId("view-old").setAttribute("aria-pressed", String(!showChanges));
  byId("view-new").setAttribute("aria-pressed", String(showChanges));
}

function setView(changes) {
  showChanges = changes;
  showDocument();
  if (changes) {
    showNextChange(byId("paper"));
  }
}

function seek(i) {
  showFinding(byId("paper"), shownFindings()[i], i);
}

function newName(name) {
  return name.replace(KINDS, (ending) => `-klimakrav${ending}`);
}

function showDownload() {
  const { rewritten, name } = chosen;
  const some = rewritten.changes > 0 && rewritten.bytes !== undefined;
  const n = counts(rewritten.findings);
  byId("deliver").dataset.n = String(wish);
  fill(byId("deliver"),
    h("button", { type: "button", id: "download", class: "primary", disabled: !some, onclick: () => {
      save(newName(name), DOCX, rewritten.bytes);
      announce(say("downloaded", newName(name)));
    } }, say("download")),
    h("p", {}, some ? say(rewritten.changes === 1 ? "downloadHelpOne" : "downloadHelp", rewritten.changes, name) : say("nothingToDo"),
      some ? ` ${say("remaining", n.error, n.warning)}` : null,
      some && rewritten.wantsToc ? ` ${say("toc")}` : null));
}

// ---- settings and words ------------------------------------------------------------------------

function field(key, control, help = null) {
  control.id = `set-${key}`;
  if (help !== null) {
    control.setAttribute("aria-describedby", `help-${key}`);
  }
  return h("div", { class: "field-row" }, h("label", { for: control.id }, say(key)), control,
    help === null ? null : h("p", { class: "soft", id: `help-${key}` }, help));
}

function select(value, entries, onchange) {
  return h("select", { onchange: (event) => onchange(event.target.value) },
    entries.map(([key, text]) => h("option", { value: key, selected: key === value }, text)));
}

function set(key, value) {
  settings[key] = value;
  remember();
  byId("settings").firstElementChild.textContent = settingsNow();
  run(check);
}

function settingsNow() {
  const date = new Date(`${settings.date}T12:00:00`).toLocaleDateString(lang(), { day: "numeric", month: "long", year: "numeric" });
  return say("settingsNow", date, say(`level_${settings.level}`));
}

function showSettings() {
  byId("settings").firstElementChild.textContent = settingsNow();
  fill(byId("options"),
    field("date", h("input", { type: "date", value: settings.date, required: true, onchange: (event) => {
      if (event.target.value !== "") {
        set("date", event.target.value);
      }
    } }), say("dateHelp")),
    field("level", select(settings.level, ["basis", "avansert", "spydspiss"].map((l) => [l, say(`level_${l}`)]), (v) => set("level", v))),
    field("clauseLang", select(settings.clauseLang, [["", say("clauseLangAuto")], ["nb", say("bokmal")], ["nn", say("nynorsk")]], (v) => set("clauseLang", v))),
    field("author", h("input", { type: "text", value: settings.author, maxlength: 80, autocomplete: "off", onchange: (event) => set("author", event.target.value) })),
    h("label", { class: "check" }, h("input", { type: "checkbox", checked: settings.tracked, onchange: (event) => set("tracked", event.target.checked) }), " ", say("tracked")));
}

async function speak(code) {
  setLang(code);
  remember();
  document.title = say("title");
  byId("lang").value = lang();
  sayAll();
  showSettings();
  if (about !== null) {
    byId("about").textContent = say("about", about.version, about.bank);
    await check();
    await catalogue.load();
  }
}

// ---- the two halves of the page ----------------------------------------------------------------

function route() {
  const bank = location.hash === "#klausuler";
  byId("bank").hidden = !bank;
  byId("check").hidden = bank;
  byId("nav-bank").toggleAttribute("aria-current", false);
  byId(bank ? "nav-bank" : "nav-check").setAttribute("aria-current", "page");
  byId(bank ? "nav-check" : "nav-bank").removeAttribute("aria-current");
  if (bank) {
    catalogue?.retarget(chosen?.error === null ? chosen.name : null);
  }
}

// Every action goes through here, so that a failure is seen.
async function run(action) {
  try {
    await action();
  } catch (error) {
    failure(say("failed", error.message));
  }
}

function listen() {
  const drop = byId("drop");
  const pick = byId("pick");
  pick.addEventListener("change", () => run(async () => {
    await take([...pick.files]);
    pick.value = "";
  }));
  for (const kind of ["dragenter", "dragover"]) {
    document.addEventListener(kind, (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
  }
  document.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) {
      drop.classList.remove("over");
    }
  });
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    location.hash = "#kontroll";
    run(() => take([...event.dataTransfer.files]));
  });
  byId("lang").addEventListener("change", (event) => run(() => speak(event.target.value)));
  byId("options").addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", () => {
    route();
    window.scrollTo(0, 0);
    byId("main").focus({ preventScroll: true });
  });
}

async function start() {
  recall();
  await speak(lang());
  listen();
  route();
  announce(say("starting"));
  const [wasm, bank] = await Promise.all([bytesOf("klimakrav.wasm"), bytesOf("bank.kkb")]);
  about = await call("start", wasm, [{ name: "bank.kkb", bytes: bank }]);
  catalogue = new Catalogue(byId("bank"), {
    list: () => call("list", options()),
    show: (id) => call("show", options(), id),
    insert: (id) => {
      if (!chosen.extra.includes(id)) {
        chosen.extra.push(id);
      }
      announce(say("addedTo", id, chosen.name));
      location.hash = "#kontroll";
      run(rewrite).then(() => goTo(byId("clauses-heading"), "start"));
    },
  });
  byId("about").textContent = say("about", about.version, about.bank);
  await catalogue.load();
  route();
  document.body.classList.add("ready");
  byId("pick").disabled = false;
  announce(say("ready"));
  if ("serviceWorker" in navigator) {
    navigator.serviceWorker.register("sw.js").catch(() => {});
  }
}

start().catch((error) => failure(say("cannotStart", error.message)));
