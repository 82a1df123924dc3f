// ../../web/page/dom.js as the pane sees it.
export type Child = Node | string | null | undefined | false;
export function h(tag: string, attributes?: Record<string, unknown> | null, ...children: (Child | Child[])[]): HTMLElement;
export function byId(id: string): HTMLElement;
export function fill(element: Element, ...children: (Child | Child[])[]): void;
export function announce(text: string): void;
export function goTo(element: Element | null, block?: string): void;
