// crawl.mjs URL FOLDER: follows every link of the register from its home and its site map, keeps each page in FOLDER for the HTML validator, and
// prints the addresses as JSON. A link that leads nowhere is a failure.
import { mkdir, writeFile } from "node:fs/promises";
import { fail } from "./browser.mjs";

const [base, folder] = process.argv.slice(2);
await mkdir(folder, { recursive: true });
// What is printed and exported of each act is made anew each time: some of each kind are enough for a link that leads nowhere to show.
const most = Number(process.env.PAPERS ?? "8");
const papers = new Map();
// The search makes as many addresses as there are choices: one for each set of up to three.
const choices = new Set();
const enough = (path) => {
  if (path.startsWith("/recherche?")) {
    const names = [...new URL(path, base).searchParams.keys()].sort();
    const known = names.length > 3 || choices.has(names.join());
    choices.add(names.join());
    return known;
  }
  if (!path.startsWith("/v1/")) return false;
  const kind = path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "ID").replace(/[?].*/, "");
  papers.set(kind, (papers.get(kind) ?? 0) + 1);
  return papers.get(kind) > most;
};

const seen = new Map();
const queue = [{ path: "/", from: "the start" }];

const links = (html) => [...html.matchAll(/<(?:a|link)\b[^>]*?\shref="([^"]*)"/g)].map((match) => match[1].replaceAll("&amp;", "&").replaceAll("&#x2f;", "/"));
const locations = (xml) => [...xml.matchAll(/<loc>([^<]*)<\/loc>/g)].map((match) => match[1].replaceAll("&amp;", "&"));

const add = (href, from) => {
  const url = new URL(href, `${base}${from}`);
  url.hash = "";
  const path = url.pathname + url.search;
  if (url.origin === base && !path.startsWith("/docs/") && !seen.has(path) && !enough(path)) {
    seen.set(path, null);
    queue.push({ path, from });
  }
};

seen.set("/", null);
add("/sitemap.xml", "/");
while (queue.length > 0) {
  const { path, from } = queue.shift();
  const answer = await fetch(base + path, { redirect: "manual", headers: { accept: "text/html" } });
  const type = (answer.headers.get("content-type") ?? "").split(";")[0];
  if (answer.status >= 300 && answer.status < 400) {
    add(answer.headers.get("location"), path);
    continue;
  }
  if (answer.status !== 200) fail(`${path}, linked from ${from}, answers ${answer.status}`);
  const isHtml = type === "text/html";
  seen.set(path, isHtml && answer.status === 200);
  if (isHtml) {
    const text = await answer.text();
    await writeFile(`${folder}/${String(seen.size).padStart(5, "0")}-${path.replace(/[^A-Za-z0-9]+/g, "_").slice(0, 80)}-${queue.length}.html`, text);
    if (!path.startsWith("/v1/")) links(text).forEach((href) => add(href, path));
  } else if (type === "application/xml" || type === "text/xml") {
    locations(await answer.text()).forEach((href) => add(href, path));
  } else {
    await answer.body?.cancel();
  }
}
console.log(JSON.stringify([...seen].filter(([, html]) => html).map(([path]) => path)));
