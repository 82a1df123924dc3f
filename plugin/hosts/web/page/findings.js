// Verdict and findings as the reader sees them. Knows the JSON of the report, not where it came from.
import { h } from "./dom.js";
import { say, sayValue } from "./texts.js";

export function verdictBanner(verdict, title = null) {
  const [key, look] = verdict.satisfied === true ? ["verdictYes", "good"]
    : verdict.satisfied === false ? ["verdictNo", "bad"] : ["verdictUnknown", "note"];
  return h("div", { class: `verdict ${look}` },
    h("p", { class: "strong" }, title === null ? null : `${title}: `, say(key),
      verdict.basis ? ` (${verdict.basis})` : null),
    verdict.why ? h("p", {}, verdict.why) : null);
}

function helpLink(address) {
  let host = "";
  try {
    const url = new URL(address);
    host = url.protocol === "https:" ? url.hostname.replace(/^www\./, "") : "";
  } catch {
    // No address: no link.
  }
  if (host === "") {
    return null;
  }
  const words = host === "anskaffelser.no" ? say("more") : say("moreAt", host);
  return h("p", {}, h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, words));
}

function card(finding, i, seek) {
  const { level, message, why, basis, place, evidence, remedy, help, rule } = finding;
  return h("li", { class: `card finding ${level}`, id: `finding-${i}`, tabindex: -1 },
    h("p", { class: "meta" }, h("span", { class: `tag ${level}` }, sayValue("level", level)),
      h("span", { class: "soft" }, rule)),
    h("p", { class: "strong" }, message),
    evidence !== "" ? h("p", { class: "quote" }, `«${evidence}»`) : null,
    h("p", { class: "where" }, h("span", { class: "soft" }, `${say("place")}: `), place.label, " ",
      place.paragraph === null ? null : h("button", { type: "button", class: "small", onclick: () => seek(i) },
        say("show"), h("span", { class: "unseen" }, `: ${message}`))),
    h("details", {},
      h("summary", {}, say("why"), h("span", { class: "unseen" }, `: ${message}`)),
      h("p", {}, why),
      h("p", {}, h("span", { class: "soft" }, `${say("basis")}: `), basis.join("; ")),
      help === null ? null : helpLink(help)),
    remedy === null ? null : h("p", { class: "remedy" }, h("span", { class: "soft" }, `${say("remedy")}: `),
      `${remedy.clause} «${remedy.title}»`));
}

export function findingList(findings, seek) {
  if (findings.length === 0) {
    return h("p", { class: "good-text" }, say("noFindings"));
  }
  return h("ul", { class: "cards" }, findings.map((f, i) => card(f, i, seek)));
}
