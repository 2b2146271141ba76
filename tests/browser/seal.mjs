// seal.mjs URL FILE: seals the act of the demonstration, by one who did not record it, and keeps its proof in FILE. CLERK and DIRECTOR are tokens of two people.
import { writeFile } from "node:fs/promises";
import { fail } from "./browser.mjs";

const [base, file] = process.argv.slice(2);
const act = `${base}/v1/deliberations/01977e51-0009-7000-8000-000000000302`;
const post = (path, token, body) =>
  fetch(act + path, { method: "POST", headers: { authorization: `Bearer ${token}`, "content-type": "application/json" }, body: JSON.stringify(body) });
for (const to of ["on_agenda", "deliberated"]) await post("/workflow", process.env.CLERK, { to });
const sealed = await post("/seal", process.env.DIRECTOR, null);
if (sealed.status !== 201) fail(`the act cannot be sealed: ${await sealed.text()}`);
const proof = await fetch(`${act}/proof`);
if (proof.status !== 200) fail(`its proof answers ${proof.status}`);
await writeFile(file, await proof.text());
