// The scenario of every SDK, with openapi-typescript and openapi-fetch: see tests/sdk/python/scenario.py. URL, TOKEN and ACT are of scripts/with-register.
import { strict as assert } from "node:assert";
import createClient from "openapi-fetch";
import type { components, paths } from "./schema.js";

type Schemas = components["schemas"];
const baseUrl = process.env["URL"] ?? "";
const act = (process.env["ACT"] ?? "").split("/").at(-1) ?? "";
const client = createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${process.env["TOKEN"]}` } });
const made = <T>({ data, response }: { data?: T; response: Response }): T => {
  assert.equal(response.status, 201);
  assert(data !== undefined);
  return data;
};

// Who the token says we are.
const me = (await client.GET("/v1/me")).data;
assert(me?.sub === "script" && me.scopes.includes("sittings:write"));

// A live sitting of four members, one of whom stands aside and one of whom arrives late.
const body = (await client.GET("/v1/bodies")).data?.data[0]?.id ?? "";
const people: string[] = [];
for (const name of ["A", "B", "C", "D"]) {
  people.push(made(await client.POST("/v1/persons", { body: { family_name: `TYPESCRIPT-${name}`, given_name: "Claude" } })).id);
}
const [aside, first, second, late] = people as [string, string, string, string];
const item = crypto.randomUUID();
const entries = (status: Schemas["AttendanceStatus"], who: string[]): Schemas["AttendanceList"] =>
  ({ status, voting_right: "voting", entries: who.map((person) => ({ person })) });
const record: Schemas["SittingRecord"] = {
  body, origin: "recorded", date: "2025-10-06", members_in_office: 4, proxies: [], agenda: [{ id: item, title: "Un rapport inventé" }],
  attendance: [entries("present", [aside, first, second]), entries("absent", [late])],
  recusals: [{ id: crypto.randomUUID(), covers: [item], kind: "interest", person: { person: aside } }],
};
const once = { params: { header: { "Idempotency-Key": crypto.randomUUID() } }, body: record };
const sitting = made(await client.POST("/v1/sittings", once)).id;
assert.equal(made(await client.POST("/v1/sittings", once)).id, sitting, "the same key is carried out once");

const path = { id: sitting };
made(await client.POST("/v1/sittings/{id}/timeline", {
  params: { path }, body: { id: crypto.randomUUID(), kind: "arrival", person: { person: late }, moment: { item, anchor: "during" } },
}));
const presence = (await client.GET("/v1/sittings/{id}/attendance", { params: { path, query: { item } } })).data?.presence;
const state = (person: string) => presence?.people.find((one) => one.person === person)?.state;
assert.deepEqual([state(late), state(aside)], ["present", "recused"]);

const line = (person: string, option: Schemas["BallotOption"]): Schemas["RollCallLine"] => ({ person: { person }, option });
const ballot = crypto.randomUUID();
made(await client.POST("/v1/sittings/{id}/ballots", {
  params: { path },
  body: {
    id: ballot, covers: [item], mode: "public_roll_call", outcome: "adopted",
    roll_call: [line(first, "for"), line(second, "for"), line(late, "against")],
  },
}));
const outcome = (await client.GET("/v1/sittings/{id}/ballots/{ballot}", { params: { path: { id: sitting, ballot } } })).data?.outcome;
assert.deepEqual([outcome?.for_votes, outcome?.against_votes], [2, 1]);

// The act, as typed fields; findings are told apart by their figures.
const read = await client.GET("/v1/deliberations/{id}", { params: { path: { id: act } } });
assert(typeof read.data === "object", "JSON, since no other format was asked for");
assert(read.data.number === "2025-302" && read.data.seal === null && read.data.ballots[0]?.election === null);
const found = read.data.findings.find(({ code }) => code === "ballot.exceeds_electorate");
assert(found?.figures === "electorate");
const computed = found.computed;
assert.deepEqual([computed.counted, computed.at_most, computed.members_in_office], [44, 43, null]);

// Not changed since.
const etag = read.response.headers.get("etag") ?? "";
const again = await client.GET("/v1/deliberations/{id}", { params: { path: { id: act }, header: { "If-None-Match": etag } } });
assert.equal(again.response.status, 304);

// A list, from page to page to its end.
const seen = new Set<string>();
for (let cursor: string | undefined; ;) {
  const page = (await client.GET("/v1/persons", { params: { query: { limit: 7, ...(cursor === undefined ? {} : { cursor }) } } })).data;
  assert(page);
  for (const { id } of page.data) {
    assert(!seen.has(id));
    seen.add(id);
  }
  if (page.links.next === null) break;
  cursor = new URL(page.links.next, baseUrl).searchParams.get("cursor") ?? "";
}
assert(seen.size > 7 && people.every((person) => seen.has(person)));

// What is refused is a problem.
const refused = await client.POST("/v1/sittings", { body: { body: crypto.randomUUID(), origin: "recorded", date: "2025-10-06" } });
assert(refused.error?.status === 422 && refused.error.errors[0]?.pointer === "/body");
const missing = await client.GET("/v1/deliberations/{id}", { params: { path: { id: crypto.randomUUID() } } });
assert.equal(missing.error?.type, "/problems/not-found");

// An annex, there and back.
const content = "%PDF-1.7\n% une annexe, en TypeScript\n";
const annex = made(await client.POST("/v1/deliberations/{id}/files", {
  params: { path: { id: act }, query: { role: "annex", name: "annexe-typescript.pdf" } },
  body: content, bodySerializer: (bytes) => bytes, headers: { "Content-Type": "application/pdf" },
}));
assert(annex.media_type === "application/pdf" && annex.size === content.length);
const back = await client.GET("/v1/files/{id}/content", { params: { path: { id: annex.id } }, parseAs: "text" });
assert.equal(back.data, content);

// The change feed, where the contract has it (FEED): it tells of the sitting. Without it there is no such path in the types, so it is asked without them.
if (process.env["FEED"] === "yes") {
  type Page = { data: unknown[]; links: Schemas["Links"] };
  const get = client.GET as unknown as (path: string, options: object) => Promise<{ data?: Page }>;
  for (let cursor: string | undefined; ;) {
    const page = (await get("/v1/changes", { params: { query: { cursor } } })).data;
    assert(page, "the change feed does not answer");
    if (page.data.some((change) => JSON.stringify(change).includes(sitting))) break;
    assert(page.links.next !== null, "the change feed does not tell of the sitting");
    cursor = new URL(page.links.next, baseUrl).searchParams.get("cursor") ?? "";
  }
}
