// What the tests of the WebAssembly module share: the module with its bank, and the command line.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const TEMPLATES = join(ROOT, "fixtures/templates");
export const DATE = "2026-11-23";
export const TIMESTAMP = "2026-11-23T12:00:00Z";

// "--name value" pairs of the command line.
export function arguments_() {
  const words = process.argv.slice(2);
  const found = {};
  for (let i = 0; i < words.length; i += 2) {
    found[words[i].replace(/^--/, "")] = words[i + 1];
  }
  return found;
}

export function skip(why) {
  console.log(`SKIPPED: ${why}`);
  process.exit(77);
}

// The page as it was built; a test that needs it skips where emscripten was missing.
export function built(page) {
  if (!existsSync(join(page, "klimakrav.wasm"))) {
    skip(`${page} has no klimakrav.wasm (plugin/hosts/web/build.sh makes it; needs emscripten)`);
  }
  return page;
}

export async function startEngine(page) {
  const { Engine } = await import(join(page, "engine.js"));
  const files = [{ name: "bank.kkb", bytes: readFileSync(join(page, "bank.kkb")) }];
  return Engine.start(readFileSync(join(page, "klimakrav.wasm")), files);
}

export function templates(folder = TEMPLATES) {
  return readdirSync(folder).filter((name) => /\.(docx|dotx|docm|dotm)$/.test(name)).sort();
}

// Runs the command line in a folder; stdout as bytes.
export function cli(program, folder, ...words) {
  const run = spawnSync(program, words, { cwd: folder, maxBuffer: 1 << 28 });
  if (run.error) {
    throw run.error;
  }
  return { code: run.status, out: run.stdout, err: run.stderr.toString() };
}
