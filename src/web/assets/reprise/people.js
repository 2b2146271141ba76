// Who the printed names are in the directory: a list of choices for each.
import { count, el, id } from "./dom.js";
import { get, set } from "./pointers.js";

const NEW = "new";
const NOBODY = "nobody";
const FITS = "Fit";

/** The people of a draft: the element, `chosen()` for those who are made anew, `settle(made)` once they are. */
export const people = ({ draft, words, changed, valuesAt }) => {
  const fits = words.get(FITS) ?? new Map();
  const whole = (one) => [one.proposed.civility, one.proposed.given_name, one.proposed.family_name].filter(Boolean).join(" ");

  const choice = (match) => {
    const key = id("personne");
    const select = el("select", { id: key, required: true, "aria-describedby": `${key}-faute` }, el("option", { value: "" }, "À choisir…"));
    for (const { person, name, group, fit } of match.candidates) {
      select.append(el("option", { value: person }, [name, group, fits.get(fit) ?? fit].filter(Boolean).join(" – ")));
    }
    if (match.made) select.append(el("option", { value: match.made }, `${whole(match)} – fiche créée avec l’acte précédent`));
    else select.append(el("option", { value: NEW }, `Créer la fiche de ${whole(match)}`));
    select.append(el("option", { value: NOBODY }, "Laisser le nom sans fiche"));
    // Nobody is taken for another: what is not plain is asked; a member whom the directory does not know at all is proposed anew.
    match.choice ??= match.chosen ?? (match.member ? (match.candidates.length ? "" : NEW) : NOBODY);
    if (match.made && match.choice === NEW) match.choice = match.made;
    select.value = match.choice;
    const apply = () => {
      match.choice = select.value;
      const person = { [NEW]: match.proposed.id, [NOBODY]: null, "": null }[select.value];
      match.pointers.forEach((pointer) => set(draft, `${pointer}/person`, person === undefined ? select.value : person));
    };
    apply();
    select.addEventListener("input", () => { apply(); changed(); });
    const fault = el("p", { class: "wrong", id: `${key}-faute`, hidden: true });
    const element = el("div", { class: "value" }, el("label", { for: key }, match.printed), select, fault);
    const refuse = (text) => { fault.textContent = text; fault.hidden = false; };
    const values = match.pointers.flatMap((pointer) => [...valuesAt(pointer), ...valuesAt(`${pointer}/printed`)]);
    return { element, input: select, pointer: null, values, refuse, match };
  };

  const fields = draft.matches.people.map(choice);
  const open = fields.filter(({ match }) => match.choice === "" || (match.choice === NEW && !match.made));
  const known = fields.filter((one) => !open.includes(one));
  const element = el("div", {},
    open.length ? el("div", {}, el("p", { class: "hint" }, `${count(open.length, "nom n’est pas reconnu", "noms ne sont pas reconnus")} dans l’annuaire au jour de la séance.`), open.map((one) => one.element)) : null,
    known.length ? el("details", {}, el("summary", {}, count(known.length, "nom reconnu ou sans fiche", "noms reconnus ou sans fiche")), known.map((one) => one.element)) : null);

  const wanted = () => draft.matches.people.filter(({ choice, made }) => choice === NEW && !made);
  return { element, fields, chosen: () => wanted().map(({ proposed }) => proposed) };
};

/** Once they are made, the people of one act are those of the others of the document. */
export const settle = (drafts, made) => {
  const persons = new Map(made.map(({ local, person }) => [local, person]));
  for (const draft of drafts) {
    for (const match of draft.matches.people) {
      const person = persons.get(match.proposed.id);
      if (!person) continue;
      match.made = person;
      if (match.choice === NEW || match.choice === undefined && !match.chosen && match.member && !match.candidates.length) {
        match.choice = person;
        match.pointers.forEach((pointer) => set(draft, `${pointer}/person`, person));
      }
    }
  }
};

/** The groups that the votes name. */
export const groups = ({ draft, changed, valuesAt }) =>
  draft.matches.groups.map((match) => {
    const key = id("groupe");
    const select = el("select", { id: key }, el("option", { value: "" }, "Groupe sans fiche"), match.candidates.map(({ group, name }) => el("option", { value: group }, name)));
    const standing = get(draft, `${match.pointers[0]}/group`);
    select.value = standing ?? "";
    select.addEventListener("input", () => {
      match.pointers.forEach((pointer) => set(draft, `${pointer}/group`, select.value || null));
      changed();
    });
    const element = el("div", { class: "value" }, el("label", { for: key }, match.printed), select);
    const values = match.pointers.flatMap((pointer) => [...valuesAt(pointer), ...valuesAt(`${pointer}/printed`)]);
    return { element, input: select, pointer: null, values, refuse: () => {} };
  });
