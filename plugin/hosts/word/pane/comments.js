// Findings as comments on the exact words. A second run renews its own and leaves those of others alone.
import { matched, ranges } from "./document.js";

/** @typedef {import("./engine.js").Paragraph} Paragraph */
/** @typedef {import("./engine.js").Finding} Finding */

const MARK = "klimakrav ";

/** @param {Finding} finding */
export function content({ rule, message, why, basis }) {
  return [MARK + rule, message, why, basis.join("; ")].filter((line) => line !== "").join("\n");
}

// One comment per finding, a finding about the whole at the first paragraph with words. Returns how many.
/** @param {Paragraph[]} body @param {Finding[]} findings @returns {Promise<number>} */
export async function comment(body, findings) {
  return Word.run(async (context) => {
    const spots = await matched(context, body);
    const old = context.document.body.getComments();
    old.load("content");
    const places = await ranges(context, body, spots, findings);
    old.items.filter((c) => c.content.startsWith(MARK)).forEach((c) => c.delete());
    const first = spots.items.find((p) => p.text.trim() !== "") ?? spots.items[0];
    findings.forEach((finding, i) => (places[i] ?? first.getRange("Content")).insertComment(content(finding)));
    await context.sync();
    return findings.length;
  });
}

// Selects the words of a finding. false when it has no place in the text.
/** @param {Paragraph[]} body @param {Finding} finding @returns {Promise<boolean>} */
export async function show(body, finding) {
  return Word.run(async (context) => {
    const [range] = await ranges(context, body, await matched(context, body), [finding]);
    range?.select("Select");
    await context.sync();
    return range !== null;
  });
}
