// Where things are: the library's paragraphs against Word's, and what a new version of a document has more
// than the old one. Lists and texts only; knows neither Office nor the page.

/** @typedef {import("./engine.js").Paragraph} Paragraph */
/** @typedef {{ after: number, news: Paragraph[], kind: "blocks" | "rows" | "inside" }} Job */

// Texts as they compare: Word and the library write blanks and hyphens in different ways.
/** @param {string} text */
export function fold(text) {
  return text.replace(/[\u00ad\u001f]/g, "").replace(/[\u001e\u2011]/g, "-")
    .replace(/[\u0000-\u0008\u000e-\u001d\u200b\ufffc]/g, "").replace(/\s+/g, " ").trim();
}

// Where each line that both sides have exactly once stands on the other side, crossings left out:
// the longest rising chain.
/**
 * @param {string[]} left @param {string[]} right @param {number[]} span [a, b, c, d]
 * @returns {[number, number][]}
 */
function anchors(left, right, [a, b, c, d]) {
  /** @type {Map<string, { l: number, r: number, n: number, m: number }>} */
  const seen = new Map();
  for (let i = a; i < b; i += 1) {
    const s = seen.get(left[i]) ?? { l: i, r: -1, n: 0, m: 0 };
    seen.set(left[i], { ...s, n: s.n + 1 });
  }
  for (let i = c; i < d; i += 1) {
    const s = seen.get(right[i]);
    if (s !== undefined) {
      seen.set(right[i], { ...s, r: i, m: s.m + 1 });
    }
  }
  const pairs = [...seen.values()].filter((s) => s.n === 1 && s.m === 1).sort((x, y) => x.l - y.l);
  /** @type {number[]} */
  const tops = [];
  const back = pairs.map(() => -1);
  pairs.forEach((pair, i) => {
    const at = tops.findIndex((t) => pairs[t].r > pair.r);
    const k = at < 0 ? tops.length : at;
    back[i] = k > 0 ? tops[k - 1] : -1;
    tops[k] = i;
  });
  /** @type {[number, number][]} */
  const chain = [];
  for (let i = tops.at(-1) ?? -1; i >= 0; i = back[i]) {
    chain.unshift([pairs[i].l, pairs[i].r]);
  }
  return chain;
}

// For each text of the library the number of Word's paragraph, or -1. Both are in reading order.
/** @param {string[]} texts @param {string[]} theirs */
export function align(texts, theirs) {
  const left = texts.map(fold);
  const right = theirs.map(fold);
  const found = left.map(() => -1);
  /** @type {[number, number, number, number][]} */
  const open = [[0, left.length, 0, right.length]];
  for (let span = open.pop(); span !== undefined; span = open.pop()) {
    let [a, b, c, d] = span;
    while (a < b && c < d && left[a] === right[c]) {
      found[a] = c;
      a += 1;
      c += 1;
    }
    while (a < b && c < d && left[b - 1] === right[d - 1]) {
      b -= 1;
      d -= 1;
      found[b] = d;
    }
    const chain = a < b && c < d ? anchors(left, right, [a, b, c, d]) : [];
    if (chain.length === 0) {
      for (let i = a, k = c; i < b && k < d; i += 1) {
        const at = right.indexOf(left[i], k);
        if (at >= 0 && at < d) {
          found[i] = at;
          k = at + 1;
        }
      }
    }
    let [from, to] = [a, c];
    for (const [l, r] of chain) {
      found[l] = r;
      open.push([from, l, to, r]);
      [from, to] = [l + 1, r + 1];
    }
    if (chain.length > 0) {
      open.push([from, b, to, d]);
    }
  }
  return found;
}

// What `after` has more than `before`, as runs of new paragraphs behind an old one (after: its number, -1 for
// the start). kind says what they are: paragraphs of their own, rows of a table that stands there, or
// paragraphs inside a cell that stands there. null when `after` is not `before` with more put in.
/** @param {Paragraph[]} before @param {Paragraph[]} after @returns {Job[] | null} */
export function additions(before, after) {
  const key = (/** @type {Paragraph} */ p) => `${p.cell === undefined}|${p.clause ?? ""}|${p.text}`;
  const old = before.map(key);
  const tables = new Set();
  const rows = new Set();
  /** @type {{ p: Paragraph, after: number, i: number }[]} */
  const news = [];
  let j = 0;
  after.forEach((p, i) => {
    if (j < old.length && key(p) === old[j]) {
      j += 1;
      tables.add(p.cell?.table);
      rows.add(`${p.cell?.table}:${p.cell?.row}`);
    } else {
      news.push({ p, after: j - 1, i });
    }
  });
  if (j < old.length) {
    return null;
  }
  /** @type {Job[]} */
  const jobs = [];
  let last = -2;
  for (const { p, after: at, i } of news) {
    const kind = p.cell === undefined ? "blocks" : rows.has(`${p.cell.table}:${p.cell.row}`) ? "inside" : "rows";
    if (kind === "rows" && (!tables.has(p.cell?.table) || at < 0)) {
      return null;
    }
    const job = jobs.at(-1);
    if (job !== undefined && job.after === at && job.kind === kind && last === i - 1) {
      job.news.push(p);
    } else {
      jobs.push({ after: at, news: [p], kind });
    }
    last = i;
  }
  return jobs;
}

// New rows as lists of cells, each a list of paragraphs, in the order of the document.
/** @param {Paragraph[]} news */
export function byCell(news) {
  /** @type {Map<number, Map<number, Paragraph[]>>} */
  const rows = new Map();
  for (const p of news) {
    const { row, column } = p.cell ?? { row: 0, column: 0 };
    const cells = rows.get(row) ?? new Map();
    rows.set(row, cells.set(column, [...(cells.get(column) ?? []), p]));
  }
  const order = (/** @type {[number, any]} */ x, /** @type {[number, any]} */ y) => x[0] - y[0];
  return [...rows].sort(order).map(([, cells]) => [...cells].sort(order).map(([, list]) => list));
}

// A paragraph cut where bold or a field to fill in begins or ends; the library's offsets are UTF-8 bytes.
/** @param {Paragraph} p @returns {{ text: string, bold: boolean, open: boolean }[]} */
export function pieces(p) {
  const bytes = new TextEncoder().encode(p.text);
  const spans = (p.spans ?? []).filter((s) => s.kind === "bold" || s.kind === "fillin");
  const cuts = [...new Set([0, bytes.length, ...spans.flatMap((s) => [s.begin, s.end])])]
    .filter((n) => n <= bytes.length).sort((x, y) => x - y);
  const decoder = new TextDecoder();
  return cuts.slice(0, -1).map((from, k) => {
    const inside = (/** @type {string} */ kind) =>
      spans.some((s) => s.kind === kind && s.begin <= from && s.end >= cuts[k + 1]);
    return { text: decoder.decode(bytes.subarray(from, cuts[k + 1])), bold: inside("bold"), open: inside("fillin") };
  });
}
