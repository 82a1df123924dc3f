// The open document through Office.js: its bytes, its paragraphs, a place to show. Knows no rules and no page.
import { align } from "./place.js";

/** @typedef {import("./engine.js").Paragraph} Paragraph */
/** @typedef {import("./engine.js").Finding} Finding */

const SLICE = 4194304; // the most that Office hands out at a time
const SEARCHED = 255; // the most that Word searches for

// A failure that the pane has words for: `pane_fault_<key>` in words.js.
export class Fault extends Error {
  /** @param {string} key @param {string} detail */
  constructor(key, detail = "") {
    super(detail === "" ? key : detail);
    this.name = "Fault";
    this.key = key;
    this.detail = detail;
  }
}

// One asynchronous call of the older kind as a promise.
/**
 * @template T
 * @param {(done: (result: Office.AsyncResult<T>) => void) => void} start
 * @returns {Promise<T>}
 */
function asked(start) {
  return new Promise((done, fail) => {
    start((result) => {
      // "succeeded" is the value of Office.AsyncResultStatus.Succeeded.
      if (String(result.status) === "succeeded") {
        done(result.value);
      } else {
        fail(new Fault("file", result.error?.message ?? ""));
      }
    });
  });
}

// The document as it stands on the screen, saved or not, as the bytes of a DOCX.
export async function readBytes() {
  /** @type {Office.File} */
  const file = await asked((done) =>
    Office.context.document.getFileAsync(Office.FileType.Compressed, { sliceSize: SLICE }, done));
  try {
    const bytes = new Uint8Array(file.size);
    let at = 0;
    for (let i = 0; i < file.sliceCount; i += 1) {
      /** @type {Office.Slice} */
      const slice = await asked((done) => file.getSliceAsync(i, done));
      bytes.set(slice.data, at);
      at += slice.data.length;
    }
    if (at !== file.size) {
      throw new Fault("file", `${at} / ${file.size}`);
    }
    return bytes;
  } finally {
    // Office keeps two files at most in memory; one that is not closed is one that is missing next time.
    await asked((done) => file.closeAsync(done)).catch(() => {});
  }
}

// The file's own name, without the way to it.
export function documentName() {
  const last = (Office.context.document.url ?? "").split(/[/\\]/).at(-1)?.split("?")[0] ?? "";
  try {
    return decodeURIComponent(last) || "dokument.docx";
  } catch {
    return last;
  }
}

export function refuseReadOnly() {
  if (Office.context.document.mode === Office.DocumentMode.ReadOnly) {
    throw new Fault("protected");
  }
}

/** @param {Paragraph[]} paragraphs */
export const ofBody = (paragraphs) => paragraphs.filter((p) => p.story === "body");

// Word's paragraphs of the body, and for each of `body` (the library's) the number of Word's or -1.
/** @param {Word.RequestContext} context @param {Paragraph[]} body */
export async function matched(context, body) {
  const list = context.document.body.paragraphs;
  list.load("text,style,isListItem,tableNestingLevel");
  await context.sync();
  let texts = list.items.map((p) => p.text);
  if (body.some((p) => (p.spans ?? []).some((s) => s.kind === "deleted"))) {
    // With tracked deletions Word's text holds what the library counts as gone.
    const now = list.items.map((p) => p.getReviewedText("Current"));
    await context.sync();
    texts = now.map((r) => r.value);
  }
  return { items: list.items, found: align(body.map((p) => p.text), texts) };
}

// The words of a finding in Word: the exact ones where they are found, else their paragraph; null for a finding
// without a place in the body. `spots` as of matched. Costs one round trip.
/**
 * @param {Word.RequestContext} context @param {Paragraph[]} body
 * @param {{ items: Word.Paragraph[], found: number[] }} spots @param {Finding[]} findings
 */
export async function ranges(context, body, spots, findings) {
  const hits = findings.map(({ place, evidence }) => {
    const k = place.paragraph === null ? -1 : body.findIndex((p) => p.paragraph === place.paragraph);
    const paragraph = k < 0 || spots.found[k] < 0 ? null : spots.items[spots.found[k]];
    if (paragraph === null) {
      return { paragraph: null, hit: null };
    }
    const words = evidence.slice(0, SEARCHED).replaceAll("^", "^^").slice(0, SEARCHED);
    const hit = words.trim() === "" ? null : paragraph.search(words, { matchCase: true });
    hit?.load("text");
    return { paragraph, hit };
  });
  await context.sync();
  return hits.map(({ paragraph, hit }) => (paragraph === null ? null : hit?.items[0] ?? paragraph.getRange("Content")));
}
