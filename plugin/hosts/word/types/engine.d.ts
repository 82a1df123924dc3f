// The parts of ../../web/page/engine.js that the pane uses.
export interface Span { kind: string; begin: number; end: number; author?: string; text?: string }
export interface Paragraph {
  paragraph: number;
  story: string;
  style: string;
  text: string;
  heading?: number;
  listLevel?: number;
  number?: string;
  clause?: string;
  flags?: string[];
  cell?: { table: number; row: number; column: number };
  spans?: Span[];
}
export interface Finding {
  rule: string;
  level: "error" | "warning" | "info";
  message: string;
  why: string;
  basis: string[];
  evidence: string;
  place: { paragraph: number | null; label: string };
}
export interface Verdict { satisfied: boolean | null; basis: string | null; why: string | null }
export interface Audited { path: string; verdict: Verdict; findings: Finding[] }
export interface Audit {
  documents: Audited[];
  verdict?: Verdict;
  ready?: boolean;
  law?: { point: string; known: boolean; says: string }[];
}
export interface Item { action: string; clause: string; title: string }
export interface Rewritten {
  plan: { clauses: Item[] };
  extraPlan: null;
  changes: number;
  bytes?: Uint8Array;
  wantsToc?: boolean;
  text: { paragraphs: Paragraph[] };
  findings: Audited;
}
export interface Options {
  date: string;
  lang: string;
  level: string;
  clauseLang: string;
  author: string;
  timestamp: string;
  values: Record<string, string> | null;
}
export class Engine {
  static start(wasm: Uint8Array, files: { name: string; bytes: Uint8Array }[]): Promise<Engine>;
  about(): { version: string; bank: string };
  options(wanted: Options): void;
  open(name: string, bytes: Uint8Array): { id: number; error: string | null };
  close(id: number): void;
  text(id: number): { paragraphs: Paragraph[] };
  report(ids: number[], format: string, how?: { procurement?: boolean; gate?: boolean }): Uint8Array;
  audit(ids: number[], how?: { procurement?: boolean; gate?: boolean }): Audit;
  rewrite(options: Options, id: number, wanted?: { leftOut?: string[]; extra?: string[] }): Rewritten;
}
