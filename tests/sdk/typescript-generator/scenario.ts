// The scenario of every SDK, with openapi-generator: see tests/sdk/python/scenario.py. URL, TOKEN and ACT are of scripts/with-register.
import { strict as assert } from "node:assert";
import * as registre from "./registre/index.js";

const basePath = process.env["URL"] ?? "";
const act = (process.env["ACT"] ?? "").split("/").at(-1) ?? "";
const configuration = new registre.Configuration({ basePath, accessToken: process.env["TOKEN"] ?? "" });
const [sittings, deliberations, persons, files] = [
  new registre.SittingsApi(configuration), new registre.DeliberationsApi(configuration), new registre.PersonsApi(configuration),
  new registre.FilesApi(configuration)];
const refused = async (asked: Promise<unknown>): Promise<Response> => {
  try {
    await asked;
  } catch (error) {
    if (error instanceof registre.ResponseError) return error.response;
    throw error;
  }
  return assert.fail("it was not refused");
};
const cursorOf = (links: registre.Links) => links.next === null ? undefined : new URL(links.next, basePath).searchParams.get("cursor") ?? "";

// Who the token says we are.
const me = await new registre.MeApi(configuration).getMe();
assert(me.sub === "script" && me.scopes.includes("sittings:write"));

// A live sitting of four members, one of whom stands aside and one of whom arrives late.
const body = (await new registre.BodiesApi(configuration).listBodies()).data[0]?.id ?? "";
const people: string[] = [];
for (const name of ["A", "B", "C", "D"]) {
  people.push((await persons.addPerson({ person: { familyName: `GENERATOR-${name}`, givenName: "Claude" } })).id);
}
const [aside, first, second, late] = people as [string, string, string, string];
const item = crypto.randomUUID();
const entries = (status: registre.AttendanceStatus, who: string[]): registre.AttendanceList =>
  ({ status, votingRight: "voting", entries: who.map((person) => ({ person })) });
const once: registre.AddSittingRequest = {
  idempotencyKey: crypto.randomUUID(),
  sittingRecord: {
    body, origin: "recorded", date: new Date("2025-10-06"), membersInOffice: 4, proxies: [], agenda: [{ id: item, title: "Un rapport inventé" }],
    attendance: [entries("present", [aside, first, second]), entries("absent", [late])],
    recusals: [{ id: crypto.randomUUID(), covers: [item], kind: "interest", person: { person: aside } }],
  },
};
const id = (await sittings.addSitting(once)).id;
assert.equal((await sittings.addSitting(once)).id, id, "the same key is carried out once");

const event: registre.Event = { id: crypto.randomUUID(), kind: "arrival", person: { person: late }, moment: { item, anchor: "during" } };
await sittings.addEvent({ id, event });
const presence = (await sittings.getAttendance({ id, item })).presence;
const state = (person: string) => presence.people.find((one) => one.person === person)?.state;
assert.deepEqual([state(late), state(aside)], ["present", "recused"]);

const line = (person: string, option: registre.BallotOption): registre.RollCallLine => ({ person: { person }, option });
const ballot: registre.Ballot = {
  id: crypto.randomUUID(), covers: [item], mode: "public_roll_call", outcome: "adopted",
  rollCall: [line(first, "for"), line(second, "for"), line(late, "against")],
};
await sittings.addBallot({ id, ballot });
const outcome = (await sittings.getBallot({ id, ballot: ballot.id })).outcome;
assert.deepEqual([outcome.forVotes, outcome.againstVotes], [2, 1]);

// The act, as typed fields; findings are told apart by their figures.
const answer = await deliberations.getDeliberationRaw({ id: act });
const read = await answer.value();
assert(read.number === "2025-302" && read.seal === null && read.ballots[0]?.election === null);
const found = read.findings.find(({ code }) => code === "ballot.exceeds_electorate");
assert(found?.figures === "electorate");
const computed = found.computed;
assert.deepEqual([computed.counted, computed.atMost, computed.membersInOffice], [44, 43, null]);

// Not changed since: the client knows success and failure, and takes this for the latter.
const unchanged = await refused(deliberations.getDeliberation({ id: act, ifNoneMatch: answer.raw.headers.get("etag") ?? "" }));
assert.equal(unchanged.status, 304);

// A list, from page to page to its end.
const seen = new Set<string>();
for (let cursor: string | undefined; ;) {
  const page = await persons.listPersons({ limit: 7, ...(cursor === undefined ? {} : { cursor }) });
  for (const person of page.data) {
    assert(!seen.has(person.id));
    seen.add(person.id);
  }
  cursor = cursorOf(page.links);
  if (cursor === undefined) break;
}
assert(seen.size > 7 && people.every((person) => seen.has(person)));

// What is refused is a problem.
const missing = registre.ProblemFromJSON(await (await refused(deliberations.getDeliberation({ id: crypto.randomUUID() }))).json());
assert.deepEqual([missing.status, missing.type], [404, "/problems/not-found"]);

// An annex, there and back.
const content = new Blob(["%PDF-1.7\n% une annexe, en TypeScript\n"]);
const annex = await files.addDeliberationFile({ id: act, role: "annex", name: "annexe-typescript.pdf", body: content });
assert(annex.mediaType === "application/pdf" && annex.size === content.size);
assert.equal(await (await files.getFileContent({ id: annex.id })).text(), await content.text());

// The change feed, where the contract has it (FEED): it tells of the sitting. The class that has it is not known before the SDK is made.
if (process.env["FEED"] === "yes") {
  type Feed = { listChanges(request: { cursor?: string }): Promise<{ data: unknown[]; links: registre.Links }> };
  const Api = Object.values(registre).find((one) => typeof one === "function" && "listChanges" in (one.prototype ?? {})) as unknown as
    (new (configuration: registre.Configuration) => Feed) | undefined;
  assert(Api, "the contract has a change feed, and the SDK has no listChanges");
  for (let cursor: string | undefined; ;) {
    const page = await new Api(configuration).listChanges(cursor === undefined ? {} : { cursor });
    if (page.data.some((change) => JSON.stringify(change).includes(id))) break;
    cursor = cursorOf(page.links);
    assert(cursor !== undefined, "the change feed does not tell of the sitting");
  }
}
