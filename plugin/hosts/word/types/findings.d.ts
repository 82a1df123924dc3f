// ../../web/page/findings.js as the pane sees it.
import type { Finding, Verdict } from "./engine.js";
export function verdictBanner(verdict: Verdict, title?: string | null): HTMLElement;
export function findingList(findings: Finding[], seek: (i: number) => void): HTMLElement;
