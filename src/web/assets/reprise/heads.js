// What the clerk should know before the record: whose act it is, doubles, questions, differences, findings.
import { count, el } from "./dom.js";
import { label } from "./names.js";

const notice = (...children) => el("p", { class: "notice" }, ...children);

const known = ({ deliberation, number, title, date }) =>
  el("li", {}, el("a", { href: `/deliberations/${deliberation}`, target: "_blank", rel: "noopener" }, `${number ?? "Sans numéro"} – ${title} (${date})`));

const notices = (answer, draft) => {
  const told = [];
  const { fit, name, read } = draft.matches.authority;
  if (fit === "other") told.push(notice(`L’acte paraît être d’une autre collectivité : il porte « ${read} », et votre jeton est de « ${name} ».`));
  if (fit === "unstated") told.push(notice(`L’acte ne dit pas sa collectivité. Votre jeton est de « ${name} ».`));
  if (answer.taken_in.length) told.push(el("div", { class: "notice" }, el("p", {}, "Ce document est déjà la source de :"), el("ul", {}, answer.taken_in.map(known))));
  if (draft.matches.existing_acts.length) {
    told.push(el("div", { class: "notice" }, el("p", {}, "Le registre a déjà, pour cette année, un acte de même numéro :"), el("ul", {}, draft.matches.existing_acts.map(known))));
  }
  return told;
};

const question = (each, words, { go, put, show }) => {
  const item = el("li", { class: "question" }, el("p", {}, el("strong", {}, words.get("QuestionCode")?.get(each.code) ?? each.code), ` (${label(each.pointer)})`));
  const answered = () => item.classList.add("answered");
  const choices = each.choices.map((choice) => el("button", { type: "button", class: "choice", onclick: () => { if (put(each.pointer, choice)) answered(); else go(each.pointer); } }, choice));
  const buttons = el("p", { class: "choices" }, choices, el("button", { type: "button", class: "quiet", onclick: () => go(each.pointer) }, "Aller au champ"));
  if (each.span) buttons.append(el("button", { type: "button", class: "quiet", onclick: () => show(each.span) }, "Voir dans le texte"));
  item.append(buttons);
  return { item, pointer: each.pointer, answered };
};

const cut = (text) => (text.length > 160 ? `${text.slice(0, 157)}…` : text);

const difference = (each, number, words, show) => {
  const said = { missing: ["imprimé : ", each.printed, null], added: ["le registre ajoute : ", null, each.rendered], changed: ["imprimé : ", each.printed, each.rendered] }[each.kind];
  const [before, printed, rendered] = said;
  const words_ = [before, printed === null ? null : el("del", {}, cut(printed)), printed !== null && rendered !== null ? " ; registre : " : null, rendered === null ? null : el("ins", {}, cut(rendered))];
  const kind = `${words.get("DifferenceKind")?.get(each.kind) ?? each.kind} – ${words.get("DifferenceClass")?.get(each.class) ?? each.class}`;
  return el("li", { class: `difference ${each.class}` }, el("p", {}, el("span", { class: "sure" }, kind), " ", words_), el("p", {}, el("button", { type: "button", class: "quiet", onclick: () => show(number) }, "Voir dans le texte")));
};

const differences = (draft, words, show) => {
  const found = draft.differences;
  const serious = found.filter((each) => each.class === "text").length;
  const incomplete = draft.compared_whole ? null : notice("Le texte est trop long pour avoir été comparé mot à mot jusqu’au bout.");
  if (found.length === 0) return el("section", {}, el("h3", {}, "Comparaison"), el("p", {}, "L’acte tel que le registre l’imprime dit mot pour mot ce que dit le document."), incomplete);
  const summary = `${count(found.length, "différence", "différences")} entre le document et l’acte tel que le registre l’imprime, dont ${serious} de texte ou de chiffres`;
  return el("section", {}, el("h3", {}, "Comparaison"), incomplete, el("details", {}, el("summary", {}, summary), el("ul", { class: "differences" }, found.map((each, number) => difference(each, number, words, show)))));
};

const findings = (draft, words) => {
  if (draft.findings.length === 0) return null;
  const severity = (each) => words.get("Severity")?.get(each.severity) ?? each.severity;
  const list = el("ul", {}, draft.findings.map((each) => el("li", {}, `${each.label.fr} (${severity(each)})`)));
  return el("section", {}, el("h3", {}, "Constats"), el("details", {}, el("summary", {}, `${count(draft.findings.length, "constat", "constats")} sur l’acte tel qu’il a été lu ; aucun n’empêche de l’enregistrer`), list));
};

/** The head of a review: `{element, corrected(pointer)}`, which is called when a field is corrected. */
export const head = ({ answer, draft, words, go, put, showSpan, showDifference }) => {
  const questions = draft.questions.map((each) => question(each, words, { go, put, show: showSpan }));
  const asked = questions.length
    ? el("section", {}, el("h3", {}, count(questions.length, "question", "questions")), el("ul", { class: "questions" }, questions.map(({ item }) => item)))
    : el("p", { class: "small" }, "Le texte ne laisse aucune question.");
  const element = el("section", { class: "heads" }, el("h2", {}, "À savoir avant de confirmer"), notices(answer, draft), asked, differences(draft, words, showDifference), findings(draft, words));
  const corrected = (pointer) => questions.filter((each) => each.pointer === pointer).forEach((each) => each.answered());
  const left = () => questions.filter(({ item }) => !item.classList.contains("answered")).length;
  return { element, corrected, left };
};
