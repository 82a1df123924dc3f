// ../../web/page/clauses.js as the pane sees it.
import type { Rewritten } from "./engine.js";
export interface File { leftOut: string[]; extra: string[]; values: Record<string, string>; rewritten: Rewritten | null }
export class ClauseList {
  constructor(on: { changed: () => void; preview?: () => void; bank?: () => void });
  show(file: File): void;
}
