// The page in Debian's Chromium: a static server that counts what is asked for, the browser, and helpers.
import { createServer } from "node:http";
import { existsSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { extname, join, normalize } from "node:path";

const require_ = createRequire(join(process.env.KK_KIT ?? ".", "package.json"));
const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml",
  ".json": "application/json", ".wasm": "application/wasm", ".webmanifest": "application/manifest+json" };

// Serves a folder on this computer alone. asked: every path asked for, in order.
export async function serve(folder) {
  const asked = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://x").pathname);
    asked.push(path);
    const file = join(folder, normalize(path.endsWith("/") ? `${path}index.html` : path));
    if (!file.startsWith(folder) || !existsSync(file) || statSync(file).isDirectory()) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
    response.end(readFileSync(file));
  });
  await new Promise((done) => { server.listen(0, "127.0.0.1", done); });
  return { asked, address: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

export async function browser() {
  const { chromium } = require_("playwright-core");
  // As root, in a container, Chromium has no sandbox of its own to stand in.
  return chromium.launch({ executablePath: process.env.KK_CHROMIUM, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });
}

export const axeSource = () => readFileSync(require_.resolve("axe-core/axe.min.js"), "utf8");

// Faults that axe finds, as lines. axe comes in beside the page's content policy, which forbids it.
export async function axe(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Runtime.evaluate", { expression: axeSource() });
  await session.detach();
  const result = await page.evaluate(() => globalThis.axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  return result.violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(" ")}: ${n.failureSummary}`));
}
