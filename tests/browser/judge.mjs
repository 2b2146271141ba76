// judge.mjs URL PATHS.json: axe-core and HTML_CodeSniffer on pages of every kind, wide and narrow, light and dark. MOST is how many pages of a kind
// are opened (all: no limit).
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fail, launch } from "./browser.mjs";

const [base, list] = process.argv.slice(2);
const most = Number(process.env.MOST ?? "5");
const require = createRequire(import.meta.url);
const axe = await readFile(require.resolve("axe-core/axe.min.js"), "utf8");
const sniffer = await readFile(require.resolve("html_codesniffer/build/HTMLCS.js"), "utf8");

// The kind of a page: its address without what tells it from its like.
const kind = (path) => path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "ID").replace(/[?].*/, (query) => "?" + [...new URLSearchParams(query).keys()].sort().join("&"));
const kinds = new Map();
for (const path of JSON.parse(await readFile(list, "utf8"))) {
  const alike = kinds.get(kind(path)) ?? [];
  kinds.set(kind(path), [...alike, path]);
}
const views = [
  { name: "wide", viewport: { width: 1280, height: 900 }, colorScheme: "light" },
  { name: "narrow", viewport: { width: 320, height: 640 }, colorScheme: "light" },
  { name: "dark", viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
];

const browser = await launch();
const counted = { pages: 0, views: 0, rules: 0 };
const spread = (paths) => (paths.length <= most ? paths : Array.from({ length: most }, (_, place) => paths[Math.floor((place * paths.length) / most)]));
for (const { name, viewport, colorScheme } of views) {
  const context = await browser.newContext({ viewport, colorScheme, bypassCSP: true });
  const page = await context.newPage();
  let wrong = [];
  page.on("dialog", async (dialog) => { wrong.push(`a script ran: ${dialog.message()}`); await dialog.dismiss(); });
  page.on("pageerror", (error) => wrong.push(`an error: ${error.message}`));
  for (const path of [...kinds.values()].flatMap(spread)) {
    wrong = [];
    await page.goto(base + path, { waitUntil: "load" });
    await page.addScriptTag({ content: axe });
    const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
    counted.rules = Math.max(counted.rules, found.passes.length + found.inapplicable.length + found.violations.length);
    wrong.push(...found.violations.map((v) => `axe ${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160) + " " + (n.any[0]?.message ?? "")).join(" | ")}`));
    if (name !== "dark") {
      await page.addScriptTag({ content: sniffer });
      const said = await page.evaluate(() => new Promise((done) => window.HTMLCS.process("WCAG2AA", document, () =>
        done(window.HTMLCS.getMessages().filter((m) => m.type === window.HTMLCS.ERROR).map((m) => `HTML_CodeSniffer ${m.code}: ${m.msg}: ${m.element.outerHTML?.slice(0, 160)}`)))));
      wrong.push(...said);
    }
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    if (width > viewport.width) wrong.push(`it is ${width} px wide in a window of ${viewport.width}`);
    wrong.forEach((text) => fail(`${path} (${name}): ${text}`));
    counted.views += 1;
    if (name === "wide") counted.pages += 1;
  }
  await context.close();
}
await browser.close();
console.log(`conformance-pages: ${kinds.size} kinds of page, ${counted.pages} pages, ${counted.views} views, ${counted.rules} rules of axe-core`);
