// drive.mjs URL [FOLDER]: what a citizen does, without JavaScript and by the keyboard alone; screenshots into FOLDER.
import { mkdir } from "node:fs/promises";
import { fail, launch } from "./browser.mjs";

const [base, folder] = process.argv.slice(2);
const browser = await launch();
const expect = (holds, text) => { if (!holds) fail(text); };

const citizen = await browser.newContext({ viewport: { width: 1280, height: 900 }, javaScriptEnabled: false, acceptDownloads: true });
const page = await citizen.newPage();
await page.goto(base + (process.env.HOME_QUERY ?? "/"));
// The first thing that the keyboard reaches leads past the navigation.
await page.keyboard.press("Tab");
expect((await page.locator(":focus").textContent())?.match(/contenu/i), "the first Tab does not reach a link to the content");

// A word of the title without its accent ("RÉSEAU").
await page.goto(base + "/recherche" + (process.env.SEARCH_QUERY ?? ""));
await page.getByRole("searchbox").first().focus();
await page.keyboard.type("reseau");
await page.keyboard.press("Enter");
const found = page.getByRole("link", { name: /ANIMER LE RÉSEAU/i }).first();
await found.waitFor();
await found.focus();
await page.keyboard.press("Enter");
await page.waitForURL(/\/deliberations\//);
const text = await page.locator("main").innerText();
for (const told of [/43\s+voix/, /Groupe Communiste et Républicain/, /n'a pris part ni au débat, ni au vote/, /Adopté/i]) {
  expect(told.test(text), `the page of the act does not say ${told}`);
}
const picture = page.locator("main svg[role=img]").first();
expect((await picture.count()) === 1, "there is no picture of the vote");
const act = page.url();

const pdf = page.getByRole("link", { name: /PDF/ }).first();
const answer = await citizen.request.get(new URL(await pdf.getAttribute("href"), base).href);
expect(answer.status() === 200 && (await answer.body()).subarray(0, 5).toString() === "%PDF-", `the PDF answers ${answer.status()}`);

// A proof that is none is refused in words.
await page.goto(base + "/verifier");
await page.locator("input[type=file]").setInputFiles({ name: "acte.json", mimeType: "application/json", buffer: Buffer.from("{}") });
await page.locator("main form button, main form input[type=submit]").first().click();
expect(/n'est pas|ne peut|impossible|illisible/i.test(await page.locator("main").innerText()), "a file that proves nothing is not refused in words");
if (process.env.PROOF) {
  await page.goto(base + "/verifier");
  await page.locator("input[type=file]").setInputFiles(process.env.PROOF);
  await page.locator("main form button, main form input[type=submit]").first().click();
  expect(/conforme|authentique|est bien/i.test(await page.locator("main").innerText()), "the proof of a sealed act is not accepted");
}

if (folder) {
  await mkdir(folder, { recursive: true });
  const pages = { home: "/", act: new URL(act).pathname, search: "/recherche?q=reseau", check: "/verifier", ...JSON.parse(process.env.MORE_PAGES ?? "{}") };
  for (const [size, viewport] of Object.entries({ phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 900 } })) {
    for (const scheme of ["light", "dark"]) {
      const context = await browser.newContext({ viewport, colorScheme: scheme });
      const shot = await context.newPage();
      for (const [name, path] of Object.entries(pages)) {
        if (scheme === "dark" && name !== "act") continue;
        await shot.goto(base + path);
        await shot.screenshot({ path: `${folder}/${name}-${size}${scheme === "dark" ? "-dark" : ""}.png`, fullPage: true });
      }
      await context.close();
    }
  }
}
await browser.close();
if (!process.exitCode) console.log("conformance-pages: the act is found by a word without its accent, its vote read, its PDF opened, its proof asked for: without JavaScript");
