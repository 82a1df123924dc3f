// The bank of clauses: search, read, copy, put into the open document.
import { announce, byId, fill, h } from "./dom.js";
import { lang, say, sayValue } from "./texts.js";

const LEVELS = ["basis", "avansert", "spydspiss"];

const fold = (text) => text.toLowerCase().replace(/\s+/g, " ").trim();

function words(name) {
  return name[lang()] ?? name.nb ?? Object.values(name)[0] ?? "";
}

// "| a | b |" is the clause as a table row.
function textLine(text) {
  if (!text.startsWith("| ")) {
    return h("p", {}, text);
  }
  const cells = text.replace(/^\| | \|$/g, "").split(" | ").filter((c) => c.trim() !== "");
  return [h("p", { class: "soft", lang: lang() }, say("asRow")), h("ul", { class: "cells" }, cells.map((c) => h("li", {}, c)))];
}

export class Catalogue {
  #box;
  #ask;
  #data = null;
  #cards = [];
  #target = null;

  // ask: list(), show(id), insert(id)
  constructor(box, ask) {
    this.#box = box;
    this.#ask = ask;
  }

  async load() {
    this.#data = await this.#ask.list();
    this.#draw();
  }

  // The document that clauses can be put into, or null.
  retarget(name) {
    this.#target = name;
    for (const button of this.#box.querySelectorAll("button[data-insert]")) {
      button.hidden = name === null;
      button.textContent = say("insertInto", name ?? "");
    }
  }

  #select(id, label, entries) {
    return h("div", { class: "field-row" }, h("label", { for: id }, say(label)),
      h("select", { id, onchange: () => this.#filter() }, h("option", { value: "" }, say("all")),
        entries.map(([value, text]) => h("option", { value }, text))));
  }

  #draw() {
    const { clauses, categories } = this.#data;
    const valid = clauses.filter((c) => c.valid && c.status !== "retired");
    const types = [...new Set(valid.map((c) => c.type))].sort();
    this.#cards = valid.map((clause) => this.#card(clause, categories));
    fill(this.#box,
      h("h1", { id: "bank-heading" }, say("bankHeading")),
      h("p", { class: "lead" }, say("bankLead", valid.length)),
      h("p", { class: "notice" }, say("draft")),
      h("form", { class: "filters", onsubmit: (event) => event.preventDefault() },
        h("div", { class: "field-row" }, h("label", { for: "bank-search" }, say("search")),
          h("input", { id: "bank-search", type: "search", autocomplete: "off", oninput: () => this.#filter() })),
        this.#select("bank-category", "category", categories.map((c) => [c.id, words(c.name)])
          .sort((a, b) => a[1].localeCompare(b[1], lang()))),
        this.#select("bank-type", "type", types.map((t) => [t, sayValue("type", t)])),
        this.#select("bank-level", "levelShort", LEVELS.map((l) => [l, say(`level_${l}`)]))),
      h("p", { id: "bank-count", role: "status" }),
      h("ul", { class: "cards" }, this.#cards.map((c) => c.element)));
    this.#filter();
  }

  #card(clause, categories) {
    const names = categories.filter((c) => clause.categories.includes(c.id)).map((c) => words(c.name));
    const body = h("div", { class: "clause-body" });
    const title = words(clause.name);
    const element = h("li", { class: "card" },
      h("details", { ontoggle: (event) => {
        if (event.target.open && body.childElementCount === 0) {
          this.#open(clause, body);
        }
      } },
      h("summary", {}, h("span", { class: "strong" }, title), " ", h("span", { class: "soft" }, clause.id),
        h("span", { class: "meta" },
          h("span", { class: "tag info" }, sayValue("type", clause.type)),
          h("span", { class: "tag plain" }, sayValue("level", clause.level)),
          h("span", { class: "soft" }, names.length > 0 ? names.join(", ") : say("all")))),
      body));
    const text = fold([clause.id, ...Object.values(clause.name), ...names, ...clause.basis].join(" "));
    return { element, clause, text };
  }

  async #open(clause, body) {
    const all = await this.#ask.show(clause.id);
    const entry = (key, value) => (value ? [h("dt", {}, say(key)), h("dd", {}, value)] : null);
    const form = (code, label, lines) => (lines ? h("section", { class: "form" },
      h("h2", { class: "small-heading" }, say(label)),
      h("div", { class: "clause", lang: code }, lines.map((l) => textLine(l))),
      h("p", {}, h("button", { type: "button", class: "small", onclick: (event) => this.#copy(lines, event.target) },
        say("copy"), h("span", { class: "unseen" }, `: ${clause.id} ${say(label)}`)))) : null);
    fill(body,
      h("div", { class: "forms" }, form("nb", "bokmal", all.text_nb), form("nn", "nynorsk", all.text_nn)),
      h("dl", {}, entry("motive", all.motive), entry("docs", all.verifikat), entry("basis", all.basis), entry("source", all.source)),
      h("button", { type: "button", "data-insert": clause.id, hidden: this.#target === null, onclick: () => this.#ask.insert(clause.id) },
        say("insertInto", this.#target ?? "")));
  }

  async #copy(lines, button) {
    await navigator.clipboard.writeText(lines.join("\n"));
    announce(say("copied"));
    button.firstChild.textContent = say("copied");
    setTimeout(() => { button.firstChild.textContent = say("copy"); }, 2000);
  }

  #filter() {
    const value = (id) => byId(id).value;
    const sought = fold(value("bank-search")).split(" ");
    let n = 0;
    for (const { element, clause, text } of this.#cards) {
      const category = value("bank-category");
      const fits = (category === "" || clause.categories.length === 0 || clause.categories.includes(category))
        && (value("bank-type") === "" || clause.type === value("bank-type"))
        && (value("bank-level") === "" || clause.level === value("bank-level"))
        && sought.every((w) => text.includes(w));
      element.hidden = !fits;
      n += fits ? 1 : 0;
    }
    byId("bank-count").textContent = say("showing", n, this.#cards.length);
  }
}
