// review.mjs URL SEED [FOLDER]: what the secretariat does with a printed act: SEED is read, a value pointed at, one corrected, the act confirmed and
// its page opened. TOKEN is of the authority of the demonstration; screenshots go into FOLDER. axe-core looks at the page on the way, and what the
// script has made of it is written into the folder KEEP for the HTML validator.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fail, launch } from "./browser.mjs";
import { indices, stretches } from "../../src/web/assets/reprise/spans.js";

const [base, seed, folder] = process.argv.slice(2);
const expect = (holds, text) => { if (!holds) fail(text); };
const same = (told, expected, text) => expect(JSON.stringify(told) === JSON.stringify(expected), `${text}: ${JSON.stringify(told)} is not ${JSON.stringify(expected)}`);

// Bytes of UTF-8 are not units of UTF-16.
for (const [name, text, bytes, expected] of [
  ["plain letters", "abc", [0, 1, 3], [0, 1, 3]],
  ["accents", "été à", [2, 3, 5, 6, 8], [1, 2, 3, 4, 5]],
  ["three bytes", "€ 5", [3, 5], [1, 3]],
  ["four bytes, two units", "a𝄞b", [1, 5, 6], [1, 3, 4]],
  ["inside a character", "é", [1], [0]],
  ["past the end", "é", [9], [1]],
  ["none", "", [0], [0]],
]) same(bytes.map((byte) => indices(text, bytes).get(byte)), expected, name);
same(
  stretches(0, 9, [{ start: 1, end: 6 }, { start: 2, end: 4 }, { start: 4, end: 4 }, { start: 4, end: 9 }]).map(({ start, end, spans }) => [start, end, spans]),
  [[0, 1, []], [1, 2, [0]], [2, 4, [0, 1]], [4, 6, [0, 3]], [6, 9, [3]]],
  "a text cut at its spans",
);

const browser = await launch();
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What a page does wrong, to axe-core. */
const judge = async (page, name) => {
  await page.addScriptTag({ content: axe });
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  found.violations.forEach((v) => fail(`${name}: axe ${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 200)).join(" | ")}`));
  const [width, window_] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect(width <= window_, `${name} is ${width} px wide in a window of ${window_}`);
};
const shoot = async (page, name) => {
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: `${folder}/${name}.png` });
};
/** The page with the seed read. */
const opened = async (options) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.on("pageerror", (error) => fail(`the review: ${error.message}`));
  page.on("console", (message) => { if (message.type() === "error" && !/status of 4/.test(message.text())) fail(`the review: ${message.text()}`); });
  await page.goto(`${base}/reprise?collectivite=226200012`);
  await page.getByLabel("Jeton d’accès").fill(process.env.TOKEN);
  await page.getByLabel("Document", { exact: true }).setInputFiles(seed);
  await page.getByRole("button", { name: "Lire le document" }).click();
  await page.getByRole("heading", { name: "Enregistrement" }).waitFor();
  return { context, page };
};

// Without JavaScript the page says what does the same.
const plain = await browser.newContext({ javaScriptEnabled: false });
const without = await plain.newPage();
const answer = await without.goto(`${base}/reprise?collectivite=226200012`);
expect(/registre import/.test(await without.locator("main").innerText()), "without JavaScript the page does not name the command");
expect(!(await without.locator("#source").isVisible()), "without JavaScript the form shows");
same(answer.headers()["x-robots-tag"], "noindex", "search engines");
expect(/script-src 'self'/.test(answer.headers()["content-security-policy"]) && !/unsafe/.test(answer.headers()["content-security-policy"]), "the policy of the page");
await plain.close();

for (const [name, options] of Object.entries({
  "review-phone": { viewport: { width: 390, height: 844 }, hasTouch: true },
  "review-phone-dark": { viewport: { width: 390, height: 844 }, hasTouch: true, colorScheme: "dark" },
  "review-narrow": { viewport: { width: 320, height: 640 } },
  "review-desktop-light": {},
  "review-desktop-dark": { colorScheme: "dark" },
})) {
  const { context, page } = await opened({ ...options, bypassCSP: true });
  await judge(page, name);
  await page.getByRole("heading", { name: "Enregistrement" }).scrollIntoViewIfNeeded();
  await shoot(page, name);
  await context.close();
}

// A token that is none is refused in words.
{
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${base}/reprise`);
  await page.getByLabel("Jeton d’accès").fill("nothing");
  await page.getByLabel("Document", { exact: true }).setInputFiles(seed);
  await page.getByRole("button", { name: "Lire le document" }).click();
  await page.locator("#etat.wrong").waitFor();
  expect(/jeton/i.test(await page.locator("#etat").innerText()), "a token that is none is not refused in words");
  await context.close();
}

// From here on under the policy of the page, as a clerk has it.
const { page } = await opened({});
expect(/1 acte lu/.test(await page.locator("#etat").innerText()), "the seed is not one act");
if (process.env.KEEP) {
  const made = await page.evaluate(() => document.documentElement.outerHTML);
  await writeFile(`${process.env.KEEP}/review.html`, `<!doctype html>\n${made}`);
}
const title = page.locator('[data-pointer="/act/title"]').locator("textarea, input");
expect((await title.inputValue()).startsWith("ANIMER LE RÉSEAU"), "the title is not in its field");
// Pointing at a value marks the text, and the other way.
const lit = () => page.locator(".printed-text .on").allInnerTexts().then((texts) => texts.join(""));
await page.locator('[data-pointer="/act/numbers/0/value"]').hover();
same(await lit(), "2025-302", "pointing at the number marks");
await title.focus();
expect(/^ANIMER LE RÉSEAU[^]*PAS-DE-CALAIS$/.test((await lit()).replaceAll("*", "").trim()), `entering the title marks ${await lit()}`);
await page.locator(".printed-text").getByText("43 voix", { exact: true }).first().click();
same(await page.evaluate(() => document.activeElement.closest("[data-pointer]")?.dataset.pointer.replace(/_text$/, "")), "/sitting/ballots/0/options/0/count", "a click on the vote leads to");
// By the keyboard: from a value to the next, and to its field.
await page.locator(".printed-text [tabindex='0']").focus();
await page.keyboard.press("Home");
await page.keyboard.press("ArrowRight");
expect((await page.locator(".printed-text :focus").count()) === 1 && (await page.locator(".value.on").count()) === 1, "the arrows do not go from value to value");
await page.keyboard.press("Enter");
expect((await page.locator(".record :focus").count()) === 1, "Enter does not lead to the field");
await title.focus();
await shoot(page, "review-desktop");

// What is refused is told where it stands, and nothing is kept.
await title.fill("");
await page.getByRole("button", { name: "Confirmer" }).click();
expect((await title.getAttribute("aria-invalid")) === "true", "an empty title is not refused at its field");
const corrected = `ANIMER LE RÉSEAU, CORRIGÉ LE ${Date.now()}`;
await title.fill(corrected);
// A name stands in the list to which it is moved, an article that was not read is added.
await page.locator('[data-pointer="/sitting/attendance/1/entries/0/printed"] select').selectOption("0");
await page.getByRole("button", { name: "Ajouter un article" }).click();
await page.keyboard.type("D'afficher la présente délibération.");
await page.getByLabel("Rendre la séance et l’acte publics").check();
await page.getByRole("button", { name: "Confirmer" }).click();
await page.waitForURL(/\/deliberations\//, { timeout: 30_000 }).catch(async () => fail(`the act is not kept: ${await page.locator(".refused").innerText().catch(() => "")}`));
expect((await page.locator("main h1").innerText()).includes(corrected), "the page of the act does not have the corrected title");
const act = await page.locator("main").innerText();
expect(/Emmanuelle LEVEUGLE, M\. Ludovic LOQUET\.\s+Excusé\(s\) : M\. Laurent DUPORGE/.test(act), "the name is not in the list to which it was moved");
expect(act.includes("D'afficher la présente délibération."), "the article that was added is not there");
await shoot(page, "review-done");
await browser.close();
if (!process.exitCode) console.log("conformance-pages: a printed act is read, compared, corrected and kept, by pointer and keyboard; spans are right in UTF-16");
