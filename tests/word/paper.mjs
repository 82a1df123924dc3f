// A stand-in for the document in Word, with as much of Office.js as the pane uses. It is built from the text of a
// document as the command line tells it, holds real state (paragraphs, tables, rows), and writes down every call
// that changes it. Runs under node, where `wrap` makes office-addin-mock's objects (a property that was not loaded and
// synced cannot be read), and in the browser, where it makes nothing of it.

const SHAPE = { alignment: "Left", firstLineIndent: 0, leftIndent: 0, rightIndent: 0, lineSpacing: 12, spaceAfter: 8, spaceBefore: 0 };
const FONT = { name: "Calibri", size: 11, color: "#000000", bold: false, italic: false };
const NORWEGIAN = { heading: "Overskrift", "list paragraph": "Listeavsnitt", "body text": "Brødtekst" };

// Word's own name of a style, in Norwegian as users have it.
function styleName(p) {
  const [, level] = /^heading (\d)$/.exec(p.style) ?? [];
  return level ? `${NORWEGIAN.heading} ${level}` : NORWEGIAN[p.style] ?? p.style;
}

// Blanks and hyphens as Word has them in the text of a paragraph.
const asWord = (text) => text.replaceAll("\n", "\v").replaceAll("\u2011", "\u001e");

export class Paper {
  // wrap: (properties, functions) -> object
  constructor(paragraphs, wrap, { readOnly = false, refuse = null } = {}) {
    this.wrap = wrap;
    this.readOnly = readOnly;
    this.refuse = refuse;
    this.body = { list: [] };
    this.calls = [];
    this.comments = [];
    this.selected = [];
    this.loaded = new Set();
    this.syncs = 0;
    this.#build(paragraphs.filter((p) => p.story === "body"));
    this.document = this.#make({ changeTrackingMode: "Off" }, { body: this.#bodyProxy() });
    this.context = { document: this.document, sync: () => this.sync() };
  }

  #make(properties, more = {}) {
    const made = this.wrap(properties);
    const { load } = made;
    made.load = (names) => {
      this.loaded.add(made);
      load.call(made, names);
    };
    return Object.assign(made, more);
  }

  async sync() {
    this.syncs += 1;
    for (const one of this.loaded) {
      one.sync?.();
    }
    this.loaded.clear();
    await new Promise((done) => { setTimeout(done); });
  }

  #note(call, text) {
    if (this.refuse !== null) {
      throw Object.assign(new Error("The operation is not permitted."), { name: "RichApi.Error", code: this.refuse });
    }
    this.calls.push({ call, text, mode: this.document.changeTrackingMode });
  }

  // ---- from the text of the command line -------------------------------------------------------

  #build(paragraphs) {
    const last = new Map();
    paragraphs.forEach((p, i) => last.set(p.cell?.table, i));
    let open = [];
    paragraphs.forEach((p, i) => {
      if (p.cell === undefined) {
        open = [];
      } else if (open.some((t) => t.number === p.cell.table)) {
        open = open.slice(0, open.findIndex((t) => t.number === p.cell.table) + 1);
      } else {
        open = open.filter((t) => last.get(t.number) > i);
        const table = { kind: "table", number: p.cell.table, rows: [], home: open.at(-1)?.cell ?? this.body, depth: open.length + 1 };
        table.home.list.push(table);
        open.push(table);
      }
      this.#place(p, open.at(-1) ?? null);
    });
  }

  #place(p, table) {
    let home = this.body;
    if (table !== null) {
      let row = table.rows.find((r) => r.number === p.cell.row);
      if (row === undefined) {
        row = { number: p.cell.row, cells: [], table };
        table.rows.push(row);
      }
      home = row.cells.find((c) => c.number === p.cell.column);
      if (home === undefined) {
        home = { number: p.cell.column, list: [], row };
        row.cells.push(home);
      }
      table.cell = home;
    }
    home.list.push(this.#node(home, asWord(p.text), { style: styleName(p), listed: p.listLevel ?? 0,
      bold: (p.flags ?? []).includes("bold"), depth: table?.depth ?? 0 }));
  }

  #node(home, text, { style = "Normal", listed = 0, bold = false, depth = 0 } = {}) {
    const node = { kind: "paragraph", home, runs: text === "" ? [] : [{ text, bold, mark: "" }], depth, listed };
    node.proxy = this.#paragraphProxy(node, { style, bold });
    return node;
  }

  text(node) {
    return node.runs.map((r) => r.text).join("");
  }

  // Every paragraph in reading order.
  nodes(list = this.body.list) {
    return list.flatMap((n) => (n.kind === "paragraph" ? [n]
      : n.rows.flatMap((r) => r.cells.flatMap((c) => this.nodes(c.list)))));
  }

  // ---- Office.js -------------------------------------------------------------------------------

  // A collection loads its items' properties.
  #collection(items, more = {}) {
    return { items, load: (names) => items.forEach((i) => i.load(names)), ...more };
  }

  #bodyProxy() {
    const paper = this;
    return {
      get paragraphs() {
        return paper.#collection(paper.nodes().map((n) => n.proxy));
      },
      insertParagraph: (text) => this.#insertAt(this.body, 0, text, null),
      getComments: () => this.#collection(this.comments),
    };
  }

  #insertAt(home, at, text, like) {
    this.#note("insertParagraph", text);
    // Word gives a new paragraph the look of the one that it follows.
    const node = this.#node(home, text, { style: like?.proxy.style, bold: false, depth: like?.depth ?? 0, listed: like?.listed ?? 0 });
    node.fresh = true;
    home.list.splice(at, 0, node);
    return node.proxy;
  }

  #range(node, text, apply) {
    const font = this.#make({ bold: false, highlightColor: "" });
    const paper = this;
    const range = this.#make({ text }, {
      select: () => paper.selected.push({ node, text }),
      insertComment: (content) => {
        paper.#note("insertComment", content);
        const comment = paper.#make({ content }, { delete: () => paper.comments.splice(paper.comments.indexOf(comment), 1), node, text, said: content });
        paper.comments.push(comment);
        return comment;
      },
    });
    range.font = apply === null ? font : new Proxy(font, { set: (_, name, value) => apply(name, value) });
    return range;
  }

  #paragraphProxy(node, { style, bold }) {
    const paper = this;
    const font = this.#make({ ...FONT, bold });
    const load = (made) => (names) => {
      const all = names.split(",");
      font.load(all.filter((n) => n.startsWith("font/")).map((n) => n.slice(5)));
      made.load(all.filter((n) => !n.startsWith("font/") && !n.startsWith("list")));
    };
    const made = this.#make({ ...SHAPE, text: this.text(node), style, styleBuiltIn: "Other", isListItem: node.listed > 0,
      tableNestingLevel: node.depth });
    return new Proxy(made, { get: (target, name) => ({ load: load(target), font,
      list: { id: 1 }, listItem: { level: node.listed - 1 },
      attachToList: (_, level) => { node.listed = level + 1; },
      detachFromList: () => { node.listed = 0; },
      insertText: (text) => paper.#write(node, text),
      insertParagraph: (text) => paper.#insertAt(node.home, node.home.list.indexOf(node) + 1, text, node),
      getReviewedText: () => ({ value: paper.text(node) }),
      getRange: () => paper.#range(node, paper.text(node), null),
      search: (words) => paper.#search(node, words.replaceAll("^^", "^")),
      get parentTableCell() { return { parentRow: paper.#rowProxy(node.home.row) }; },
      get parentTable() { return paper.#tableProxy(node.home.row.table); } })[name] ?? target[name] });
  }

  #write(node, text) {
    this.#note("insertText", text);
    const run = { text, bold: false, mark: "" };
    node.runs.push(run);
    return this.#range(node, text, (name, value) => {
      run[name === "bold" ? "bold" : "mark"] = value;
      return true;
    });
  }

  #search(node, words) {
    return this.#collection(this.text(node).includes(words) ? [this.#range(node, words, null)] : []);
  }

  #tableProxy(table) {
    const paper = this;
    return { get parentTable() { return paper.#tableProxy(table.home.row.table); },
      insertParagraph: (text) => this.#insertAt(table.home, table.home.list.indexOf(table) + 1, text, null) };
  }

  #rowProxy(row) {
    const { rows } = row.table;
    const cell = (i) => ({ body: { paragraphs: { getFirst: () => row.cells[i].list[0].proxy } }, getNext: () => cell(i + 1) });
    return this.#make({ cellCount: row.cells.length }, {
      cells: { getFirst: () => cell(0) },
      getNext: () => this.#rowProxy(rows[rows.indexOf(row) + 1]),
      insertRows: (where, count) => {
        this.#note("insertRows", where);
        const fresh = Array.from({ length: count }, () => this.#freshRow(row));
        rows.splice(rows.indexOf(row) + 1, 0, ...fresh);
        return { getFirst: () => this.#rowProxy(fresh[0]) };
      },
    });
  }

  #freshRow(above) {
    const row = { cells: [], table: above.table, number: -1 };
    row.cells = above.cells.map((c) => {
      const cell = { number: c.number, list: [], row };
      const like = c.list.find((n) => n.kind === "paragraph");
      cell.list.push(this.#node(cell, "", { style: like.proxy.style, depth: like.depth }));
      cell.list[0].fresh = true;
      return cell;
    });
    return row;
  }

  // ---- the older half of Office ----------------------------------------------------------------

  // Office as the pane finds it: the document's bytes, handed out in slices.
  office(bytes, { slice = 65536, fail = null, language = "nb-NO", url = "" } = {}) {
    const files = { open: 0, opened: 0 };
    const ok = (value, done) => setTimeout(() => done({ status: "succeeded", value }));
    const bad = (message, done) => setTimeout(() => done({ status: "failed", error: { code: 5001, name: "Error", message } }));
    const count = Math.ceil(bytes.length / slice);
    const file = { size: bytes.length, sliceCount: count,
      getSliceAsync: (i, done) => (fail === "slice" ? bad("The file is closed.", done)
        : ok({ data: [...bytes.subarray(i * slice, (i + 1) * slice)], index: i, size: slice }, done)),
      closeAsync: (done) => {
        files.open -= 1;
        ok(undefined, done);
      } };
    const getFileAsync = (_type, _options, done) => {
      if (fail === "file") {
        bad("The document is closed.", done);
        return;
      }
      files.open += 1;
      files.opened += 1;
      ok(file, done);
    };
    return { files, Office: { FileType: { Compressed: "compressed" }, DocumentMode: { ReadOnly: "readOnly", ReadWrite: "readWrite" },
      HostType: { Word: "Word" }, onReady: async () => ({ host: "Word", platform: "PC" }),
      context: { displayLanguage: language, requirements: { isSetSupported: () => true },
        document: { url, mode: this.readOnly ? "readOnly" : "readWrite", getFileAsync } } },
    Word: { run: (action) => action(this.context) } };
  }
}
