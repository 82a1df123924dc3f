// A readable rendering of a document from the JSON of its text: headings, lists, tables, tracked changes,
// and marks where findings are. Not a picture of Word's page.
import { goToWithin, h } from "./dom.js";
import { say } from "./texts.js";

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const LOOKS = { bold: "b", italic: "i", highlight: "hl", inserted: "ins", fillin: "fill", placeholder: "ph" };

// Findings by paragraph, each with its number.
function byParagraph(findings) {
  const found = new Map();
  findings.forEach((finding, i) => {
    const at = finding.place.paragraph;
    if (at !== null) {
      found.set(at, [...(found.get(at) ?? []), { i, level: finding.level, message: finding.message,
        begin: finding.place.begin, end: finding.place.end }]);
    }
  });
  return found;
}

function piece(text, spans, marks, onfinding) {
  const looks = new Set(spans.map((s) => LOOKS[s.kind]).filter(Boolean));
  let node = document.createTextNode(text);
  if (looks.has("ins")) {
    node = h("ins", {}, node);
    looks.delete("ins");
  }
  if (looks.has("b")) {
    node = h("strong", {}, node);
    looks.delete("b");
  }
  if (looks.has("i")) {
    node = h("em", {}, node);
    looks.delete("i");
  }
  if (looks.size > 0) {
    node = h("span", { class: [...looks].join(" ") }, node);
  }
  if (marks.length > 0) {
    const worst = ["error", "warning", "info"].find((l) => marks.some((m) => m.level === l));
    node = h("a", { href: `#finding-${marks[0].i}`, class: `mark ${worst}`, title: marks.map((m) => m.message).join("\n"),
      "data-finding": marks.map((m) => m.i).join(" "), onclick: (event) => {
        event.preventDefault();
        onfinding(marks[0].i);
      } }, node);
  }
  return node;
}

// The text of a paragraph cut where a span or a finding begins or ends; offsets are UTF-8 bytes.
function inlines(paragraph, marks, onfinding) {
  const spans = paragraph.spans ?? [];
  if (spans.length === 0 && marks.length === 0) {
    return [paragraph.text];
  }
  const bytes = encoder.encode(paragraph.text);
  const cuts = new Set([0, bytes.length]);
  [...spans, ...marks].forEach(({ begin, end }) => {
    cuts.add(Math.min(begin, bytes.length));
    cuts.add(Math.min(end, bytes.length));
  });
  const at = [...cuts].sort((a, b) => a - b);
  const out = [];
  at.forEach((from, k) => {
    spans.filter((s) => s.kind === "deleted" && s.begin === from && s.text)
      .forEach((s) => out.push(h("del", {}, s.text)));
    const to = at[k + 1];
    if (to !== undefined) {
      const within = (s) => s.begin <= from && s.end >= to;
      out.push(piece(decoder.decode(bytes.subarray(from, to)), spans.filter(within), marks.filter(within), onfinding));
    }
  });
  return out;
}

function isNew(paragraph, clausesBefore) {
  return clausesBefore !== null && paragraph.clause !== undefined && !clausesBefore.has(paragraph.clause);
}

function line(paragraph, context) {
  const marks = context.found.get(paragraph.paragraph) ?? [];
  const words = marks.filter((m) => m.end > m.begin);
  const whole = marks.filter((m) => m.end <= m.begin);
  const flags = paragraph.flags ?? [];
  const looks = ["line"];
  const extra = { "data-paragraph": paragraph.paragraph };
  if (paragraph.heading) {
    looks.push(`h${Math.min(paragraph.heading, 4)}`);
    extra.role = "heading";
    extra["aria-level"] = Math.min(paragraph.heading + 3, 9);
  } else if (flags.includes("title")) {
    looks.push("title");
  }
  if (paragraph.listLevel && !paragraph.heading) {
    looks.push("item", `in${Math.min(paragraph.listLevel, 4)}`);
  }
  looks.push(...["guidance", "toc", "hidden"].filter((f) => flags.includes(f)).map((f) => `is-${f}`));
  const fresh = isNew(paragraph, context.clausesBefore);
  if (fresh) {
    looks.push("new");
  }
  const number = paragraph.number && !paragraph.text.startsWith(paragraph.number) ? paragraph.number
    : paragraph.listLevel && !paragraph.heading && !paragraph.number ? "•" : "";
  return h("p", { class: looks.join(" "), ...extra },
    whole.map((m) => h("a", { href: `#finding-${m.i}`, class: `mark flag ${m.level}`, "data-finding": m.i, title: m.message,
      onclick: (event) => {
        event.preventDefault();
        context.onfinding(m.i);
      } }, "⚑", h("span", { class: "unseen" }, ` ${m.message}`))),
    fresh && context.clausesSeen.size !== context.clausesSeen.add(paragraph.clause).size
      ? h("span", { class: "tag good new-tag" }, `${say("newText")}: ${paragraph.clause}`) : null,
    number === "" ? null : h("span", { class: "number" }, `${number} `),
    inlines(paragraph, words, context.onfinding));
}

// Paragraphs of one table, in order, as rows and cells.
function table(paragraphs, context) {
  const rows = new Map();
  for (const p of paragraphs) {
    const { row, column } = p.cell;
    if (!rows.has(row)) {
      rows.set(row, new Map());
    }
    const cells = rows.get(row);
    if (!cells.has(column)) {
      cells.set(column, { cell: p.cell, lines: [] });
    }
    cells.get(column).lines.push(line(p, context));
  }
  const width = Math.max(...paragraphs.map((p) => p.cell.column + (p.cell.columns ?? 1)));
  return h("div", { class: "grid" },
    h("table", { class: width > 3 ? "many" : null }, h("tbody", {}, [...rows.values()].map((cells) =>
      h("tr", {}, [...cells.values()].map(({ cell, lines }) =>
        h("td", { colspan: cell.columns ?? null, rowspan: cell.rows ?? null }, lines)))))));
}

// Neighbouring paragraphs of one table together, the others alone.
function blocks(paragraphs, context) {
  const out = [];
  for (let i = 0; i < paragraphs.length;) {
    const number = paragraphs[i].cell?.table;
    let to = i + 1;
    if (number !== undefined) {
      while (to < paragraphs.length && paragraphs[to].cell?.table === number) {
        to += 1;
      }
      out.push(table(paragraphs.slice(i, to), context));
    } else if (paragraphs[i].text.trim() !== "" || context.found.has(paragraphs[i].paragraph)) {
      out.push(line(paragraphs[i], context));
    }
    i = to;
  }
  return out;
}

// text    JSON of the document's text
// how     findings to mark and onfinding(i); before: the text of the document before the changes, to show
//         what is new
export function renderDocument(paper, text, { findings = [], onfinding = () => {}, before = null }) {
  const context = {
    found: byParagraph(findings),
    onfinding,
    clausesBefore: before === null ? null : new Set(before.paragraphs.map((p) => p.clause).filter(Boolean)),
    clausesSeen: new Set(),
  };
  const body = text.paragraphs.filter((p) => p.story === "body");
  const others = text.paragraphs.filter((p) => p.story !== "body" && p.text.trim() !== "");
  paper.replaceChildren(...blocks(body, context));
  if (others.length > 0) {
    paper.append(h("details", { class: "stories" }, h("summary", {}, say("otherStories")), blocks(others, context)));
  }
  paper.scrollTop = 0;
}

function reveal(paper, element) {
  element?.closest("details")?.setAttribute("open", "");
  goToWithin(paper, element);
}

export function showFinding(paper, finding, i) {
  const mark = [...paper.querySelectorAll("[data-finding]")]
    .find((e) => e.dataset.finding.split(" ").includes(String(i)));
  reveal(paper, mark ?? paper.querySelector(`[data-paragraph="${finding.place.paragraph}"]`));
}

// Goes to the first line of the next run of new lines after the one that was shown last, round and round.
export function showNextChange(paper) {
  const fresh = [...paper.querySelectorAll(".new-tag")];
  if (fresh.length > 0) {
    const last = fresh.findIndex((e) => e.classList.contains("at"));
    const next = fresh[(last + 1) % fresh.length];
    fresh.forEach((e) => e.classList.toggle("at", e === next));
    reveal(paper, next.parentElement);
  }
}
