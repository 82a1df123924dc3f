// Puts into the open document what the library would have put into the file: the same words in the same places,
// as tracked changes. Where and what is the library's decision; here it is only repeated.
import { Fault, matched } from "./document.js";
import { additions, byCell, pieces } from "./place.js";

/** @typedef {import("./engine.js").Paragraph} Paragraph */
/** @typedef {import("./place.js").Job} Job */
/** @typedef {{ items: Word.Paragraph[], found: number[] }} Spots */
/** @typedef {{ target: Word.Paragraph, like: Word.Paragraph | null, news: Paragraph, ranges: Word.Range[], cell: boolean }} Written */

const SHAPE = ["alignment", "firstLineIndent", "leftIndent", "rightIndent", "lineSpacing", "spaceAfter", "spaceBefore"];
const LETTERS = ["name", "size", "color", "bold", "italic"];
const LOOK = [...SHAPE, ...LETTERS.map((n) => `font/${n}`)].join(",");
const YELLOW = "#FFFF00";

// Word's paragraph of an old one, or of an empty one's neighbour that leads to the same place (Word's own saving
// makes empty ones come and go). Another paragraph with words will not do.
/** @param {Paragraph[]} before @param {Spots} spots @param {Job} job */
function anchor(before, spots, { after, kind }) {
  const cell = before[after]?.cell;
  const leads = (/** @type {Paragraph} */ p) => p.cell?.table === cell?.table
    && (kind === "blocks" || p.cell?.row === cell?.row) && (kind !== "inside" || p.cell?.column === cell?.column);
  let k = after;
  while (k >= 0 && spots.found[k] < 0 && before[k].text.trim() === "" && leads(before[k])) {
    k -= 1;
  }
  if (k >= 0 && (spots.found[k] < 0 || !leads(before[k]))) {
    throw new Fault("place", before[k].text.slice(0, 80));
  }
  return k < 0 ? null : spots.items[spots.found[k]];
}

// The old paragraph that the new one should look like: the nearest, upwards first, of its style and level.
/** @param {Paragraph[]} before @param {Spots} spots @param {Paragraph} p @param {number} near */
function sibling(before, spots, p, near) {
  const fits = (/** @type {number} */ k) => {
    const o = before[k];
    return o.style === p.style && o.heading === p.heading && o.listLevel === p.listLevel && o.cell === undefined
      && o.text.trim() !== "" && spots.found[k] >= 0;
  };
  for (let step = 0; step <= before.length; step += 1) {
    if (near - step >= 0 && fits(near - step)) {
      return spots.items[spots.found[near - step]];
    }
  }
  for (let k = near + 1; k < before.length; k += 1) {
    if (fits(k)) {
      return spots.items[spots.found[k]];
    }
  }
  return null;
}

// The words of one paragraph. A line break is Word's vertical tab; a newline would make a paragraph.
/** @param {Word.Paragraph} target @param {Paragraph} p */
function write(target, p) {
  return pieces(p).map((piece) => target.insertText(piece.text.replaceAll("\n", "\v"), "End"));
}

class Inserter {
  /** @param {Paragraph[]} before @param {Spots} spots @param {Word.RequestContext} context */
  constructor(before, spots, context) {
    this.before = before;
    this.spots = spots;
    this.context = context;
    /** @type {Written[]} */
    this.written = [];
  }

  /** @param {Word.Paragraph} target @param {Paragraph} p @param {Word.Paragraph | null} like @param {boolean} cell */
  put(target, p, like, cell) {
    this.written.push({ target, like, news: p, ranges: write(target, p), cell });
  }

  // Paragraphs behind an old one, or behind the whole table that it stands in.
  /** @param {Job} job @param {Word.Paragraph | null} at */
  blocks(job, at) {
    const old = job.after < 0 ? null : this.before[job.after];
    /** @type {Word.Paragraph | null} */
    let previous = at;
    let table = null;
    if (job.kind === "blocks" && at !== null && old?.cell !== undefined) {
      table = at.parentTable;
      for (let depth = at.tableNestingLevel; depth > 1; depth -= 1) {
        table = table.parentTable;
      }
    }
    for (const p of job.news) {
      /** @type {Word.Paragraph} */
      const next = table !== null ? table.insertParagraph("", "After")
        : previous !== null ? previous.insertParagraph("", "After")
          : this.context.document.body.insertParagraph("", "Start");
      const inside = job.kind === "inside";
      this.put(next, p, inside ? at : sibling(this.before, this.spots, p, job.after), inside);
      previous = next;
      table = null;
    }
  }

  // Rows under the row of an old cell, cell by cell as the library filled them.
  /** @param {Job} job @param {Word.TableRow} row */
  rows(job, row) {
    const news = byCell(job.news);
    let line = row.insertRows("After", news.length).getFirst();
    news.forEach((cells, k) => {
      let cell = line.cells.getFirst();
      cells.forEach((list, c) => {
        let target = cell.body.paragraphs.getFirst();
        list.forEach((p, n) => {
          target = n === 0 ? target : target.insertParagraph("", "After");
          this.put(target, p, null, true);
        });
        cell = c < cells.length - 1 ? cell.getNext() : cell;
      });
      line = k < news.length - 1 ? line.getNext() : line;
    });
  }

  // Style and list first; then what still differs from the sibling, so that nothing is set that the style says.
  async dress() {
    for (const { target, like, news, cell } of this.written) {
      if (like !== null) {
        target.style = like.style;
      } else if (!cell) {
        const wanted = news.heading !== undefined ? `Heading${news.heading}` : news.listLevel !== undefined ? "ListBullet" : "Normal";
        target.styleBuiltIn = /** @type {Word.BuiltInStyleName} */ (wanted);
      }
      like?.load(LOOK);
      target.load(LOOK);
      if (like?.isListItem) {
        like.load("list/id,listItem/level");
      }
    }
    await this.context.sync();
    for (const { target, like, news } of this.written) {
      if (like?.isListItem) {
        target.attachToList(like.list.id, like.listItem.level);
      } else if (news.listLevel === undefined && news.heading === undefined && like !== null) {
        target.detachFromList();
      }
      if (like !== null) {
        copy(SHAPE, like, target);
        copy(LETTERS, like.font, target.font);
      }
    }
    this.mark();
  }

  // Bold where the clause is, yellow where somebody must fill in.
  mark() {
    for (const { news, ranges, cell } of this.written) {
      pieces(news).forEach((piece, i) => {
        if (news.heading === undefined && (piece.bold || cell)) {
          ranges[i].font.bold = piece.bold;
        }
        if (piece.open) {
          ranges[i].font.highlightColor = YELLOW;
        }
      });
    }
  }
}

// Values that the sibling has throughout (Word says null or "" where they vary) and the new one has not.
/** @param {string[]} names @param {any} from @param {any} to */
function copy(names, from, to) {
  for (const name of names) {
    const value = from[name];
    if (value !== null && value !== undefined && value !== "" && value !== "Mixed" && value !== "Unknown" && to[name] !== value) {
      to[name] = value;
    }
  }
}

// Word's row for each job that puts in rows; refused before anything is written when its cells are not the library's.
/** @param {Word.RequestContext} context @param {Job[]} jobs @param {(Word.Paragraph | null)[]} places */
async function rowsOf(context, jobs, places) {
  const rows = jobs.map((job, k) => {
    const row = job.kind === "rows" ? places[k]?.parentTableCell.parentRow ?? null : null;
    row?.load("cellCount");
    return row;
  });
  await context.sync();
  rows.forEach((row, k) => {
    if (row !== null && byCell(jobs[k].news).some((cells) => cells.length !== row.cellCount)) {
      throw new Fault("table", jobs[k].news[0].text.slice(0, 80));
    }
  });
  return rows;
}

// Repeats in the open document what `after` has more than `before` (paragraphs of the body). Returns how many
// paragraphs were written. Everything that can be refused is refused before the first change.
/** @param {Paragraph[]} before @param {Paragraph[]} after @returns {Promise<number>} */
export async function insertAdditions(before, after) {
  const jobs = additions(before, after);
  if (jobs === null) {
    throw new Fault("changes");
  }
  return Word.run(async (context) => {
    const spots = await matched(context, before);
    const places = jobs.map((job) => anchor(before, spots, job));
    const rows = await rowsOf(context, jobs, places);
    context.document.load("changeTrackingMode");
    await context.sync();
    const was = context.document.changeTrackingMode;
    const inserter = new Inserter(before, spots, context);
    try {
      context.document.changeTrackingMode = "TrackAll";
      // The last place first, so that what comes before keeps its meaning.
      for (let k = jobs.length - 1; k >= 0; k -= 1) {
        const row = rows[k];
        if (row !== null) {
          inserter.rows(jobs[k], row);
        } else {
          inserter.blocks(jobs[k], places[k]);
        }
      }
      await context.sync();
      // The look of new text is no change of its own.
      context.document.changeTrackingMode = "Off";
      await inserter.dress();
      await context.sync();
    } catch (error) {
      context.document.changeTrackingMode = was;
      await context.sync().catch(() => {});
      throw error;
    }
    context.document.changeTrackingMode = was;
    await context.sync();
    return inserter.written.length;
  });
}
