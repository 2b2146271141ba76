// The page of the secretariat: a document is read, and each act in it reviewed.
import { ask, vocabularies } from "./api.js";
import { count, el } from "./dom.js";
import { settle } from "./people.js";
import { review } from "./review.js";

const [form, state, room] = ["source", "etat", "revue"].map((name) => document.getElementById(name));
const [token, file, pasted, charset] = ["jeton", "document", "texte", "encodage"].map((name) => document.getElementById(name));
const KEPT = "registre.jeton";

const TYPES = { txt: "text/plain", html: "text/html", htm: "text/html", pdf: "application/pdf" };

const say = (text, wrong = false) => {
  state.textContent = text;
  state.classList.toggle("wrong", wrong);
};

/** The document: its bytes, its name, what it is. */
const chosen = async () => {
  const [one] = file.files;
  if (!one) return { name: "texte-colle.txt", type: "text/plain; charset=utf-8", bytes: new TextEncoder().encode(pasted.value) };
  const kind = TYPES[one.name.split(".").pop().toLowerCase()] ?? one.type;
  const type = kind === "application/pdf" || (kind === "text/html" && !charset.value) ? kind : `${kind}; charset=${charset.value || "utf-8"}`;
  return { name: one.name, type, bytes: await one.arrayBuffer() };
};

const title = ({ act }) => `${act.numbers.find(({ kind }) => kind === "act")?.value || "Sans numéro"} – ${act.title || "sans intitulé"}`;

/** The acts of a document, one at a time. */
const show = (source, answer, words) => {
  const reviews = new Map();
  const kept = new Set();
  const place = el("div", {});
  const select = el("select", { id: "acte" }, answer.drafts.map((draft, number) => el("option", { value: number }, title(draft))));
  const open = (number) => {
    const draft = answer.drafts[number];
    if (!reviews.has(number)) {
      reviews.set(number, review({ token: token.value.trim(), source, answer, draft, words, done: (made) => finish(number, made) }));
    }
    place.replaceChildren(reviews.get(number));
  };
  const finish = (number, made) => {
    kept.add(number);
    say(`Acte enregistré : ${title(answer.drafts[number])}.`);
    select.options[number].text = `✓ ${title(answer.drafts[number])}`;
    const { act: { sitting: local }, sitting: { body } } = answer.drafts[number];
    const others = answer.drafts.filter((_, other) => !kept.has(other));
    settle(others, made.people);
    others.filter(({ act }) => act.sitting === local).forEach((draft) => {
      draft.chosenSitting = made.sitting.id;
      draft.chosenBody = draft.sitting.body = body;
    });
    // What was corrected in another act before is kept in its draft; its form is drawn anew.
    answer.drafts.forEach((_, other) => { if (!kept.has(other)) reviews.delete(other); });
    return others.length > 0;
  };
  select.addEventListener("input", () => open(Number(select.value)));
  const several = answer.drafts.length > 1;
  room.replaceChildren(several ? el("div", { class: "field" }, el("label", { for: "acte" }, `Acte à revoir (le document en contient ${answer.drafts.length})`), select) : "", place);
  room.hidden = false;
  open(0);
};

const read = async (event) => {
  event.preventDefault();
  const button = form.querySelector("[type=submit]");
  if (!file.files.length && !pasted.value.trim()) return say("Choisissez un document, ou collez un texte.", true);
  button.disabled = true;
  room.hidden = true;
  say("Lecture en cours…");
  try {
    sessionStorage.setItem(KEPT, token.value.trim());
    const source = await chosen();
    const options = { token: token.value.trim(), method: "POST", headers: { "Content-Type": source.type }, body: source.bytes };
    const [answer, words, filed] = await Promise.all([
      ask("/v1/intake", options).then((given) => given.json()), vocabularies(), ask("/v1/bodies?limit=100", { token: options.token }).then((given) => given.json()),
    ]);
    // Where none of its kind is known, every body of the authority may be meant.
    const bodies = filed.data.map(({ id, name }) => ({ body: id, name }));
    answer.drafts.forEach(({ matches }) => { if (!matches.body.candidates.length) matches.body.candidates = bodies; });
    if (answer.none) return say(words.get("WhyNone")?.get(answer.none) ?? answer.none);
    say(`${count(answer.drafts.length, "acte lu", "actes lus")} dans ${source.name}. Rien n’est enregistré.`);
    form.hidden = true;
    again.hidden = false;
    show(source, answer, words);
  } catch (error) {
    say([error.message, ...(error.errors ?? []).map(({ detail }) => detail)].join(" "), true);
  } finally {
    button.disabled = false;
  }
};

const again = el("button", { type: "button", class: "quiet", hidden: true, onclick: () => {
  again.hidden = true;
  form.hidden = false;
  token.focus();
} }, "Lire un autre document");
state.before(again);
token.value = sessionStorage.getItem(KEPT) ?? "";
form.addEventListener("submit", read);
form.hidden = false;
