// The library as JavaScript: loads klimakrav.wasm and turns its calls into functions with strings,
// byte arrays and objects. Runs in a worker, in node and in a task pane; must not know any page.

const FORMATS = { text: 0, json: 1, html: 2, sarif: 3, junit: 4, csv: 5 };

// Items of a plan that change the document; the others are only told.
export const isChange = (item) => item.action === "insert" || item.action === "upgrade";

export class KlimakravError extends Error {
  constructor(status, message) {
    super(message);
    this.name = "KlimakravError";
    this.status = status;
  }
}

// What the module may ask of its surroundings: an empty environment, a clock that stands still (libxml2
// and jansson seed their tables with it), and word when its memory has grown. Its libraries name files
// in code that is never run; each such call fails.
function surroundings(module, memory) {
  const known = {
    emscripten_notify_memory_growth: () => {},
    clock_time_get: (_clock, _precision, at) => {
      new DataView(memory().buffer).setBigUint64(at, 0n, true);
      return 0;
    },
    environ_get: () => 0,
    environ_sizes_get: (count, size) => {
      new DataView(memory().buffer).setUint32(count, 0, true);
      new DataView(memory().buffer).setUint32(size, 0, true);
      return 0;
    },
  };
  const imports = {};
  for (const { module: room, name } of WebAssembly.Module.imports(module)) {
    imports[room] ??= {};
    imports[room][name] = known[name]
      ?? (() => { throw new WebAssembly.RuntimeError(`klimakrav.wasm called ${name}`); });
  }
  return imports;
}

export class Engine {
  // wasm: bytes of klimakrav.wasm; files: [{name, bytes}], the bank.
  static async start(wasm, files) {
    const module = await WebAssembly.compile(wasm);
    let exports = null;
    ({ exports } = await WebAssembly.instantiate(module, surroundings(module, () => exports.memory)));
    exports._initialize?.();
    const engine = new Engine(exports);
    engine.#loadBank(files);
    return engine;
  }

  #x;
  #encoder = new TextEncoder();
  #decoder = new TextDecoder();

  constructor(exports) {
    this.#x = exports;
  }

  // ---- memory --------------------------------------------------------------------------------

  #give(bytes, tail = 0) {
    const at = this.#x.web_alloc(bytes.length + tail);
    if (at === 0) {
      throw new KlimakravError(-1, "out of memory");
    }
    const memory = new Uint8Array(this.#x.memory.buffer);
    memory.set(bytes, at);
    memory.fill(0, at + bytes.length, at + bytes.length + tail);
    return at;
  }

  #string(text) {
    return this.#give(this.#encoder.encode(text), 1);
  }

  #read(at) {
    const memory = new Uint8Array(this.#x.memory.buffer);
    return this.#decoder.decode(memory.subarray(at, memory.indexOf(0, at)));
  }

  #check(status) {
    if (status !== 0) {
      throw new KlimakravError(status, this.#read(this.#x.web_error(-1)));
    }
  }

  // Result of the last call, copied out.
  #bytes() {
    const at = this.#x.web_out();
    return new Uint8Array(this.#x.memory.buffer).slice(at, at + this.#x.web_out_len());
  }

  #json() {
    return JSON.parse(this.#decoder.decode(this.#bytes()));
  }

  #loadBank(files) {
    for (const { name, bytes } of files) {
      const encoded = this.#encoder.encode(name);
      this.#check(this.#x.web_bank_add(this.#give(encoded, 1), encoded.length, this.#give(bytes, 1),
        bytes.length));
    }
    this.#check(this.#x.web_bank_load());
  }

  // ---- about and options ---------------------------------------------------------------------

  about() {
    return { version: this.#read(this.#x.web_version()), bank: this.#read(this.#x.web_bank_version()) };
  }

  // date, lang, level, clauseLang, author, timestamp; values: an object; categories, clauses: lists;
  // onlyReviewed, untracked, dropSignature, upgrade (outdated clauses too), takeOurs (edited ones too): true
  // or false. What is left out is as it is by default.
  options(wanted) {
    const all = { date: "", lang: "nb", level: "", clauseLang: "", author: "", timestamp: "", values: null,
      categories: [], clauses: [], onlyReviewed: false, untracked: false, dropSignature: false,
      upgrade: false, takeOurs: false, ...wanted };
    for (const [key, value] of Object.entries(all)) {
      let text = String(value ?? "");
      if (Array.isArray(value)) {
        text = value.join("\n");
      } else if (key === "values") {
        text = value && Object.keys(value).length > 0 ? JSON.stringify(value) : "";
      }
      if (this.#x.web_option(this.#string(key), this.#string(text)) !== 0) {
        throw new KlimakravError(-9, `no such option: ${key}`);
      }
    }
  }

  // ---- documents -----------------------------------------------------------------------------

  // Opens a document; its number, and error: one line when it could not be read.
  open(name, bytes) {
    const id = this.#x.web_doc_open(this.#string(name), this.#give(bytes), bytes.length);
    if (id < 0) {
      throw new KlimakravError(-5, "too many documents");
    }
    const status = this.#x.web_doc_status(id);
    return { id, error: status === 0 ? null : this.#read(this.#x.web_error(id)) };
  }

  close(id) {
    this.#x.web_doc_close(id);
  }

  text(id) {
    this.#check(this.#x.web_doc_text(id));
    return this.#json();
  }

  // A report of the documents, as bytes.
  report(ids, format, { procurement = false, gate = false } = {}) {
    const list = this.#give(new Uint8Array(Int32Array.from(ids).buffer));
    const status = this.#x.web_report(list, ids.length, FORMATS[format], procurement ? 1 : 0, gate ? 1 : 0);
    this.#x.web_release(list);
    this.#check(status);
    return this.#bytes();
  }

  audit(ids, how) {
    return JSON.parse(this.#decoder.decode(this.report(ids, "json", how)));
  }

  // ---- inserting -----------------------------------------------------------------------------

  // What would go in, each insertion with its blocks.
  plan(id) {
    this.#check(this.#x.web_plan(id));
    const plan = this.#json();
    plan.clauses.forEach((item, k) => {
      this.#check(this.#x.web_plan_blocks(k));
      item.blocks = this.#json();
    });
    return plan;
  }

  // The new document with the insertions of the last plan but those whose clause is left out.
  apply(leftOut = new Set(), plan = null) {
    plan?.clauses.forEach((item, k) => {
      if (isChange(item)) {
        this.#check(this.#x.web_plan_choose(k, leftOut.has(item.clause) ? 0 : 1));
      }
    });
    this.#check(this.#x.web_plan_apply());
    return { bytes: this.#bytes(), wantsToc: this.#x.web_plan_wants_toc() !== 0 };
  }

  // Plans and applies in one go, for hosts that show what comes of it.
  //   wanted  leftOut: clauses not to insert; extra: clauses chosen besides those the findings ask for
  //   result  plan, extraPlan (or null), changes; bytes of the new document and wantsToc, unless every
  //           clause was refused; text (as of `text`) and findings (as of `audit`) of what then stands
  rewrite(options, id, { leftOut = [], extra = [] } = {}) {
    const out = new Set(leftOut);
    this.options(options);
    const plan = this.plan(id);
    const chosen = plan.clauses.filter((c) => isChange(c) && !out.has(c.clause));
    let done = null;
    if (!plan.clauses.some((c) => c.action === "refused")) {
      done = this.apply(out, plan);
    } else if (chosen.length > 0) {
      // With a refusal nothing is written, so the clauses that have a place are named.
      this.options({ ...options, clauses: chosen.map((c) => c.clause) });
      this.plan(id);
      done = this.apply();
    }
    return this.#withExtra(options, id, { plan, extraPlan: null, changes: chosen.length, ...done }, extra);
  }

  #withExtra(options, id, result, extra) {
    const opened = [];
    const reopen = () => {
      opened.push(this.open(result.plan.path, result.bytes).id);
      return opened.at(-1);
    };
    let shown = result.bytes ? reopen() : id;
    if (extra.length > 0) {
      this.options({ ...options, clauses: extra });
      result.extraPlan = this.plan(shown);
      if (!result.extraPlan.clauses.some((c) => c.action === "refused")) {
        const { bytes, wantsToc } = this.apply();
        result.bytes = bytes;
        result.wantsToc ||= wantsToc;
        result.changes += result.extraPlan.clauses.filter(isChange).length;
        shown = reopen();
      }
    }
    this.options(options);
    result.text = this.text(shown);
    result.findings = this.audit([shown]).documents[0];
    opened.forEach((each) => this.close(each));
    return result;
  }

  // ---- catalogue -----------------------------------------------------------------------------

  list() {
    this.#check(this.#x.web_bank_list(FORMATS.json));
    return this.#json();
  }

  show(id) {
    const at = this.#string(id);
    const status = this.#x.web_bank_show(at);
    this.#x.web_release(at);
    this.#check(status);
    return this.#json();
  }
}
