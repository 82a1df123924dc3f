// The clauses that can go into a document: which to take, the fields to fill, what each will say.
import { byId, fill, h } from "./dom.js";
import { isChange } from "./engine.js";
import { lang, say, sayValue } from "./texts.js";

function inlines(list) {
  return list.map((i) => {
    if (i.kind === "field") {
      return h("span", { class: i.filled ? "field filled" : "field" }, i.text);
    }
    return i.kind === "bold" ? h("strong", {}, i.text) : i.text;
  });
}

// BLOCKS as the reader will meet them.
function clauseText(blocks, language) {
  const rows = blocks.filter((b) => b.kind === "row");
  const rest = blocks.filter((b) => b.kind !== "row");
  return h("div", { class: "clause", lang: language },
    rest.map((b) => h("p", { class: b.kind === "item" ? "item" : null },
      b.kind === "item" ? "• " : null,
      b.kind === "heading" ? h("strong", {}, inlines(b.inlines)) : inlines(b.inlines))),
    rows.map((row) => h("dl", { class: "row" }, row.cells.filter((c) => c.inlines.length > 0).map((c) => [
      h("dt", { lang: lang() }, sayValue("role", c.role)), h("dd", {}, inlines(c.inlines))]))));
}

// Fields of a clause, each name once: [{name, unit, text, filled}].
function fieldsOf(item) {
  if (item.blocks === null) {
    return [];
  }
  const seen = new Map();
  const lists = item.blocks.flatMap((b) => (b.kind === "row" ? b.cells.map((c) => c.inlines) : [b.inlines]));
  lists.flat().filter((i) => i.kind === "field" && !seen.has(i.name)).forEach((i) => seen.set(i.name, i));
  return [...seen.values()];
}

export class ClauseList {
  #on;
  #timer = 0;
  #closed = new Set();

  // on: changed() after a choice or a value; preview() and bank() when asked for, left out where there is none
  constructor(on) {
    this.#on = on;
  }

  #later() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#on.changed(), 350);
  }

  #field(file, item, field) {
    const id = `value-${item.clause}-${field.name}`;
    const own = file.values[field.name] ?? "";
    const shown = field.text.replace(/^\[|\]$/g, "");
    return h("div", { class: "field-row" },
      h("label", { for: id }, field.name.replace(/[-_]/g, " "), field.unit ? ` (${field.unit})` : null),
      h("input", { id, type: "text", value: own, autocomplete: "off", placeholder: own === "" ? shown : null,
        oninput: (event) => {
          const value = event.target.value.trim();
          if (value === "") {
            delete file.values[field.name];
          } else {
            file.values[field.name] = value;
          }
          this.#later();
        } }));
  }

  #card(file, item, language, isExtra) {
    const fields = fieldsOf(item);
    const id = `take-${item.clause}`;
    const taken = isExtra || !file.leftOut.includes(item.clause);
    const place = item.place.charAt(0).toUpperCase() + item.place.slice(1);
    return h("li", { class: taken ? "card" : "card off" },
      h("div", { class: "check" },
        h("input", { type: "checkbox", id, checked: taken, onchange: (event) => {
          this.#choose(file, item.clause, event.target.checked, isExtra);
        } }),
        h("label", { for: id, class: "strong" }, item.title, h("span", { class: "soft" }, ` ${item.clause}`))),
      item.action === "upgrade" ? h("p", {}, h("span", { class: "tag info" }, say("state_upgrade"))) : null,
      h("p", { class: "where" }, h("span", { class: "soft" }, `${say("place")}: `), place),
      h("p", { class: "soft" }, `${say("forRules")}: `, item.rules.length > 0 ? item.rules.join(", ") : say("chosenByYou")),
      !taken ? null : item.blocks !== null ? clauseText(item.blocks, language)
        : h("div", { class: "clause", lang: language }, item.text.map((t) => h("p", {}, t))),
      item.note ? h("p", { class: "notice small-notice" }, item.note) : null,
      !taken || fields.length === 0 ? null : h("details", { class: "fields", open: !this.#closed.has(item.clause),
        ontoggle: (event) => {
          if (event.target.open) {
            this.#closed.delete(item.clause);
          } else {
            this.#closed.add(item.clause);
          }
        } },
      h("summary", {}, `${say("fields")} (${fields.length})`, h("span", { class: "unseen" }, `: ${item.title}`)),
      fields.map((f) => this.#field(file, item, f)),
      h("p", { class: "soft" }, say("fieldHelp"))));
  }

  #choose(file, clause, on, isExtra) {
    if (isExtra) {
      file.extra = file.extra.filter((c) => c !== clause);
    } else {
      file.leftOut = file.leftOut.filter((c) => c !== clause).concat(on ? [] : [clause]);
    }
    this.#on.changed();
  }

  #other(item) {
    return h("li", { class: "card" },
      h("p", {}, h("span", { class: item.action === "refused" ? "tag warning" : "tag info" }, sayValue("state", item.action)),
        " ", h("strong", {}, item.title), h("span", { class: "soft" }, ` ${item.clause}`)),
      h("p", {}, item.message),
      item.candidates.length === 0 ? null : h("p", { class: "soft" }, `${say("candidates")}: ${item.candidates.join("; ")}`));
  }

  // Shows the plan of file.rewritten; keeps the keyboard where it was.
  show(file) {
    const { plan, extraPlan } = file.rewritten;
    const box = byId("clauses");
    const focused = document.activeElement?.id ?? "";
    const caret = box.contains(document.activeElement) ? document.activeElement.selectionStart ?? null : null;
    const items = plan.clauses.filter(isChange);
    const extra = (extraPlan?.clauses ?? []).filter(isChange);
    const others = [...plan.clauses, ...(extraPlan?.clauses ?? [])].filter((c) => !isChange(c));
    fill(box,
      h("h3", { id: "clauses-heading", tabindex: -1 }, `${say("clausesToInsert")} (${items.length + extra.length})`),
      items.length + extra.length === 0 ? h("p", {}, say("noClauses"))
        : [h("p", { class: "notice" }, say("draft")),
          h("ul", { class: "cards" }, items.map((item) => this.#card(file, item, plan.language, false)),
            extra.map((item) => this.#card(file, item, extraPlan.language, true))),
          !this.#on.preview ? null
            : h("p", {}, h("button", { type: "button", onclick: () => this.#on.preview() }, say("preview")))],
      others.length === 0 ? null : [h("h4", {}, say("otherStates")), h("ul", { class: "cards" }, others.map((o) => this.#other(o)))],
      !this.#on.bank ? null
        : h("p", {}, h("button", { type: "button", class: "small", onclick: () => this.#on.bank() }, say("addFromBank"))));
    const back = focused === "" ? null : byId(focused);
    if (back !== null && box.contains(back)) {
      back.focus({ preventScroll: true });
      if (caret !== null && back.setSelectionRange) {
        back.setSelectionRange(caret, caret);
      }
    }
  }
}
