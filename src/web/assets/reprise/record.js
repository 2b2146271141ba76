// The record of an act, as a form: its parts in order, every value that was read, and what can be wrong without being read.
import { count, el, id, onPointing } from "./dom.js";
import { field } from "./fields.js";
import { SECTIONS, always, isDetail } from "./names.js";
import { groups, people } from "./people.js";
import { visit } from "./pointers.js";

/** Which values were read for each pointer. */
const byPointer = (values) => {
  const found = new Map();
  values.forEach(({ pointer }, number) => found.set(pointer, [...(found.get(pointer) ?? []), number]));
  return found;
};

/** Where the clerk moves a name to another list of attendance: told to `draft.moves`, done when the act is confirmed. */
const listChoice = (draft, pointer, words, changed) => {
  const [, list] = /^\/sitting\/attendance\/(\d+)\/entries\/\d+\/printed$/.exec(pointer) ?? [];
  const lists = draft.sitting.attendance;
  if (list === undefined || lists.length < 2) return null;
  const key = id("liste");
  const name = ({ heading, status }) => heading?.replace(/\s*:\s*$/, "") ?? words.get("AttendanceStatus")?.get(status) ?? status;
  const select = el("select", { id: key }, lists.map((each, place) => el("option", { value: place }, name(each))));
  const entry = pointer.replace(/\/printed$/, "");
  select.value = draft.moves.get(entry) ?? list;
  select.addEventListener("input", () => {
    draft.moves.set(entry, select.value);
    changed();
  });
  return el("div", { class: "list-of" }, el("label", { for: key, class: "small" }, "Liste"), select);
};

const sittingChoice = (draft, changed) => {
  const key = id("seance");
  const select = el("select", { id: key }, el("option", { value: "" }, "Nouvelle séance"));
  for (const { sitting, date, origin, heading } of draft.matches.sitting.candidates) {
    const recorded = origin === "recorded";
    select.append(el("option", { value: sitting, disabled: recorded }, `${heading ?? `Séance du ${date}`}${recorded ? " – enregistrée en direct, elle ne reçoit pas d’acte imprimé" : " – déjà dans le registre"}`));
  }
  draft.chosenSitting ??= draft.matches.sitting.chosen ?? "";
  if (draft.chosenSitting && ![...select.options].some((option) => option.value === draft.chosenSitting)) {
    select.append(el("option", { value: draft.chosenSitting }, "Séance de l’acte précédent du document"));
  }
  select.value = draft.chosenSitting;
  select.addEventListener("input", () => { draft.chosenSitting = select.value; changed(); });
  return { element: el("div", { class: "value" }, el("label", { for: key }, "Séance du registre"), select), input: select, pointer: "/sitting/id", values: [], refuse: () => {} };
};

const bodyChoice = (draft, changed) => {
  const key = id("instance");
  const { candidates, chosen } = draft.matches.body;
  const select = el("select", { id: key, required: true, "aria-describedby": `${key}-faute` }, el("option", { value: "" }, "À choisir…"), candidates.map(({ body, name }) => el("option", { value: body }, name)));
  draft.chosenBody ??= chosen ?? "";
  select.value = draft.chosenBody;
  select.addEventListener("input", () => {
    draft.chosenBody = select.value;
    draft.sitting.body = select.value || draft.localBody;
    changed();
  });
  const fault = el("p", { class: "wrong", id: `${key}-faute`, hidden: true });
  const refuse = (text) => { fault.textContent = text; fault.hidden = false; };
  return { element: el("div", { class: "value" }, el("label", { for: key }, "Instance"), select, fault), input: select, pointer: "/sitting/body", values: [], refuse };
};

/** What was not read can be added: to which list, what is added, and the fields that it has. */
const ADDED = {
  article: { words: "Ajouter un article", list: (draft) => draft.act.articles, at: "/act/articles", made: (place) => ({ label: `Article ${place + 1} :`, text: "", children: [] }), fields: ["label", "text"] },
  recital: { words: "Ajouter un visa", list: (draft) => draft.act.recitals, at: "/act/recitals", made: () => ({ text: "", children: [] }), fields: ["text"] },
  name: { words: "Ajouter un nom à la première liste", list: (draft) => draft.sitting.attendance[0]?.entries, at: "/sitting/attendance/0/entries", made: () => ({ printed: "" }), fields: ["printed"] },
};

/** A button that adds one more, and where it goes. */
const adder = (draft, kind, make) => {
  const { words, list, at, made, fields } = ADDED[kind];
  if (!list(draft)) return null;
  const place = el("div", {});
  const add = () => {
    const number = list(draft).push(made(list(draft).length)) - 1;
    const added = fields.map((name) => make(`${at}/${number}/${name}`));
    place.append(...added);
    added.at(-1).querySelector("input, textarea").focus();
  };
  return [place, el("button", { type: "button", class: "quiet", onclick: add }, words)];
};

/**
 * The form: `{element, fields, of(value), at(pointer), newPeople()}`. `pointed(field)` is called when a field is pointed at or entered, `changed()`
 * after a correction.
 */
export const record = ({ draft, words, pointed, changed }) => {
  draft.moves ??= new Map();
  draft.localBody ??= draft.sitting.body;
  const values = byPointer(draft.values);
  const valuesAt = (pointer) => values.get(pointer) ?? [];
  // A record without a number has room for one.
  if (draft.act.numbers.length === 0) draft.act.numbers.push({ kind: "act", value: "", text: null });
  const asked = new Set(draft.questions.map(({ pointer }) => pointer));
  const found = [];
  visit({ authority: draft.authority, sitting: draft.sitting, act: draft.act }, (pointer) => {
    if (values.has(pointer) || always(pointer) || asked.has(pointer)) found.push(pointer);
  });

  const fields = [];
  const add = (one) => {
    fields.push(one);
    return one.element;
  };
  const make = (pointer) => add(field({ draft, pointer, values: valuesAt(pointer), words, changed, extra: listChoice(draft, pointer, words, changed) }));
  const naming = people({ draft, words, changed, valuesAt });
  const named = groups({ draft, changed, valuesAt });
  fields.push(...naming.fields, ...named);

  const part = ({ title, holds, closed, hint, adds }) => {
    const here = found.filter((pointer) => holds.test(pointer));
    const isShown = (pointer) => asked.has(pointer) || !isDetail(pointer);
    const shown = here.filter(isShown).map(make);
    const details = here.filter((pointer) => !isShown(pointer)).map(make);
    if (title === "Séance") shown.unshift(add(bodyChoice(draft, changed)), add(sittingChoice(draft, changed)));
    if (title === "Vote" && named.length) details.push(...named.map(({ element }) => element));
    const added = adds ? adder(draft, adds, make) : null;
    if (shown.length + details.length === 0 && !added) return null;
    const more = details.length ? el("details", {}, el("summary", {}, count(details.length, "précision", "précisions")), details) : null;
    if (closed) return el("details", { class: "part" }, el("summary", {}, `${title} (${count(shown.length + details.length, "valeur", "valeurs")})`), shown, more);
    return el("section", { class: "part" }, el("h3", {}, title), hint && shown.length ? el("p", { class: "hint" }, hint) : null, shown, added, more);
  };

  const sections = SECTIONS.map(part);
  const whole = el("section", { class: "part" }, el("h3", {}, "Personnes"), naming.element);
  sections.splice(2, 0, draft.matches.people.length ? whole : null);
  const element = el("div", { class: "record" }, sections.filter(Boolean));
  const around = (event) => fields.find((one) => one.element.contains(event.target));
  let over = null;
  onPointing(element, (event) => {
    const one = around(event);
    if (one && one !== over) pointed(one, false);
    over = one;
  });
  element.addEventListener("mouseleave", () => { over = null; });
  element.addEventListener("focusin", (event) => {
    const one = around(event);
    if (one) pointed(one, true);
  });

  const of = (number) => {
    const { pointer } = draft.values[number];
    return fields.find((one) => one.pointer === pointer) ?? fields.find((one) => one.values.includes(number));
  };
  const at = (pointer) => fields.find((one) => one.pointer === pointer);
  return { element, fields, of, at, newPeople: naming.chosen };
};

/** Opens what a field is hidden in, and brings it into view. */
export const open = ({ element, input }, enter) => {
  for (let around = element.closest("details:not([open])"); around; around = around.parentElement?.closest("details:not([open])")) around.open = true;
  if (enter) input.focus({ preventScroll: true });
  const pane = element.closest(".record");
  const [inside, outside] = [element.getBoundingClientRect(), pane.getBoundingClientRect()];
  if (pane.scrollHeight > pane.clientHeight + 1) {
    if (inside.top < outside.top || inside.bottom > outside.bottom) pane.scrollTop += inside.top - outside.top - pane.clientHeight / 3;
  } else if (enter) {
    element.scrollIntoView({ block: "center" });
  }
};
