// Runs the library beside the page, so that the page never stands still. Knows nothing of the page:
// gets {id, call, args} and answers {id, value} or {id, error}.
import { Engine } from "./engine.js";

let engine = null;

const calls = {
  async start(wasm, files) {
    engine = await Engine.start(wasm, files);
    return engine.about();
  },

  // Opens a document; its number or why it could not be read.
  open: (name, bytes) => engine.open(name, bytes),
  close: (id) => engine.close(id),
  text: (id) => engine.text(id),

  // Findings of each document, or of all as one procurement.
  audit(options, ids, procurement) {
    engine.options(options);
    return engine.audit(ids, { procurement });
  },
  report(options, ids, format, how) {
    engine.options(options);
    return engine.report(ids, format, how);
  },

  // What would go into the document, and the document with it: see Engine.rewrite.
  rewrite(options, id, wanted) {
    return engine.rewrite(options, id, wanted);
  },

  list(options) {
    engine.options(options);
    return engine.list();
  },
  show(options, clause) {
    engine.options(options);
    return engine.show(clause);
  },
};

self.addEventListener("message", async ({ data: { id, call, args } }) => {
  try {
    const value = await calls[call](...args);
    self.postMessage({ id, value });
  } catch (error) {
    self.postMessage({ id, error: error.message });
  }
});
