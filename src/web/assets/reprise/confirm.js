// What is sent when the clerk confirms an act, and where a refusal belongs.
import { ask, attempt } from "./api.js";

/** The records as they are sent: names moved to their lists, emptied texts taken out. */
const records = (draft) => {
  const sitting = structuredClone(draft.sitting);
  const act = structuredClone(draft.act);
  const moved = [...draft.moves].map(([pointer, to]) => {
    const [, , , from, , place] = pointer.split("/");
    return { from: Number(from), place: Number(place), to: Number(to) };
  });
  const entries = moved.filter(({ from, to }) => from !== to).map((move) => ({ ...move, entry: sitting.attendance[move.from].entries[move.place] }));
  for (const { from, to, entry } of entries) {
    sitting.attendance[from].entries = sitting.attendance[from].entries.filter((other) => other !== entry);
    sitting.attendance[to].entries.push({ ...entry, position: null });
  }
  // A name that was added and left empty, an article whose text was taken out.
  sitting.attendance.forEach((list) => { list.entries = list.entries.filter((entry) => entry.printed !== ""); });
  act.numbers = act.numbers.filter(({ value }) => value);
  act.articles = act.articles.filter(({ text, children }) => text || children.length);
  act.recitals = act.recitals.filter(({ text, children }) => text || children.length);
  return { sitting, act };
};

const json = { "Content-Type": "application/json" };

/** Confirms a draft: the answer of the register. The same attempt may be sent again. */
export const confirm = async ({ token, source, answer, draft, newPeople }) => {
  const { sitting, act } = records(draft);
  const confirmation = JSON.stringify({
    sitting: { id: draft.chosenSitting || null, record: sitting },
    act,
    new_people: newPeople,
    source: { sha256: answer.sha256, name: source.name },
  });
  if (draft.sent !== confirmation) Object.assign(draft, { sent: confirmation, key: attempt() });
  const form = new FormData();
  form.append("confirmation", new Blob([confirmation], { type: "application/json" }));
  form.append("source", new Blob([source.bytes], { type: source.type }));
  return (await ask("/v1/intake/acts", { token, method: "POST", headers: { "Idempotency-Key": draft.key }, body: form })).json();
};

/** Shows the sitting and the act to the public. */
export const publish = async (token, { sitting, deliberation }) => {
  for (const path of [`/v1/sittings/${sitting.id}`, `/v1/deliberations/${deliberation.id}`]) {
    await ask(`${path}/visibility`, { token, method: "PUT", headers: json, body: JSON.stringify({ visibility: "public" }) });
  }
};

/** The act as the register prints it. */
export const paper = async (token, id) => (await ask(`/v1/deliberations/${id}.txt`, { token })).text();

/** The pointer in the draft of a pointer of the confirmation. */
export const inDraft = (pointer) => pointer.replace(/^\/sitting\/record/, "/sitting");
