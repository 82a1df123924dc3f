// ../../web/page/texts.js as the pane sees it.
export function KK_W(key: string, nb: string, nn: string, en: string): void;
export function setLang(lang: string): void;
export function lang(): string;
export function say(key: string, ...values: unknown[]): string;
export function sayAll(root?: ParentNode): void;
