// One act under review: its text and its record side by side.
import { confirm, inDraft, paper, publish } from "./confirm.js";
import { count, el, id } from "./dom.js";
import { head } from "./heads.js";
import { label } from "./names.js";
import { printed } from "./printed.js";
import { open, record } from "./record.js";

const legend = () =>
  el("p", { class: "legend small" }, "Sûreté de la lecture : ", el("span", { class: "read certain" }, "sûr"), " ", el("span", { class: "read likely" }, "probable"), " ", el("span", { class: "read doubtful" }, "douteux"),
    " · Comparaison : ", el("span", { class: "differs text" }, "diffère"), " ", el("span", { class: "gap" }, "‸"), " ajouté par le registre");

/** Whoever has only internal acts sees what was kept here: the pages of acts are public. */
const kept = async (token, made) => {
  const text = await paper(token, made.deliberation.id);
  const where = `/deliberations/${made.deliberation.id}`;
  return el("section", { class: "kept", tabindex: -1 }, el("h2", {}, "Acte enregistré"),
    el("p", {}, "L’acte est enregistré avec son document, et reste interne. Sa page, ", el("a", { href: where }, where), ", s’ouvrira à tous quand la séance et l’acte seront rendus publics."),
    el("div", { class: "paper printed-text", tabindex: 0, role: "group", "aria-label": "L’acte tel que le registre l’imprime" }, text));
};

/**
 * The review of a draft: an element. `done(made)` is called once the act is kept, and says whether the document holds more acts.
 */
export const review = ({ token, source, answer, draft, words, done }) => {
  let form, text, top;
  let lit = null;
  const light = (one) => {
    lit?.element.classList.remove("on");
    lit = one;
    one?.element.classList.add("on");
  };
  const go = (pointer) => {
    const one = form.at(pointer) ?? form.fields.find((each) => each.pointer?.startsWith(pointer)) ?? form.fields.find((each) => each.pointer && pointer.startsWith(each.pointer));
    if (one) open(one, true);
  };
  const put = (pointer, choice) => {
    const one = form.at(pointer);
    if (!one?.put) return false;
    open(one, false);
    one.put(choice);
    return true;
  };
  const inside = (span) => draft.values.map(({ span: each }, number) => [each, number]).filter(([each]) => each.start < span.end && span.start < each.end).map(([, number]) => number);
  const left = el("p", { class: "small", role: "status" });
  const tell = () => { left.textContent = top.left() ? `${count(top.left(), "question reste ouverte", "questions restent ouvertes")}.` : ""; };

  text = printed({ text: answer.text, draft, picked: (number, asked) => {
    const one = form.of(number);
    text.light([number]);
    light(one);
    if (one) (asked || !one.element.closest("details:not([open])")) && open(one, asked);
  } });
  form = record({ draft, words, pointed: (one, entered) => {
    light(one);
    if (one.values.length) entered || matchMedia("(hover: hover)").matches ? text.reveal(one.values) : text.light(one.values);
  }, changed: (pointer) => { if (pointer) top.corrected(pointer); tell(); } });
  top = head({ answer, draft, words, go, put, showSpan: (span) => text.reveal(inside(span)), showDifference: text.difference });

  const shown = id("public");
  const visible = el("input", { type: "checkbox", id: shown });
  const problem = el("div", { class: "refused", role: "alert", hidden: true, tabindex: -1 });
  const button = el("button", { type: "submit" }, "Confirmer et enregistrer l’acte");
  const refuse = (error) => {
    const faults = (error.errors ?? []).map(({ pointer, detail }) => ({ one: pointer && form.at(inDraft(pointer)), pointer, detail }));
    faults.forEach(({ one, detail }) => one?.refuse(detail));
    const items = faults.map(({ one, pointer, detail }) => el("li", {},
      one ? el("button", { type: "button", class: "quiet", onclick: () => open(one, true) }, label(inDraft(pointer))) : pointer ? label(inDraft(pointer)) : null, pointer ? " : " : null, detail));
    problem.replaceChildren(el("p", {}, `L’acte n’est pas enregistré. ${error.message}`), items.length ? el("ul", {}, items) : "");
    problem.hidden = false;
    problem.focus();
  };
  const send = async (event) => {
    event.preventDefault();
    problem.hidden = true;
    button.disabled = true;
    button.textContent = "Enregistrement…";
    try {
      const made = await confirm({ token, source, answer, draft, newPeople: form.newPeople() });
      const more = done(made);
      if (visible.checked) {
        await publish(token, made);
        if (!more) return location.assign(`/deliberations/${made.deliberation.id}`);
      }
      const told = await kept(token, made);
      element.replaceChildren(told);
      told.focus();
    } catch (error) {
      refuse(error);
      button.disabled = false;
      button.textContent = "Confirmer et enregistrer l’acte";
    }
  };
  // Nothing that is refused may be hidden.
  const body = el("form", { class: "sides", novalidate: true, onsubmit: (event) => {
    const missing = form.fields.find(({ input }) => input.validity && !input.validity.valid);
    if (!missing) return void send(event);
    event.preventDefault();
    open(missing, true);
    missing.refuse(missing.input.validity.valueMissing ? "À renseigner avant de confirmer." : missing.input.validationMessage);
  } },
    el("section", { class: "side-text", "aria-label": "Texte imprimé" }, el("h2", {}, "Texte imprimé"), legend(), text.element),
    el("section", { class: "side-record", "aria-label": "Enregistrement" }, el("h2", {}, "Enregistrement"), form.element),
    el("div", { class: "confirm" },
      el("p", {}, visible, " ", el("label", { for: shown }, "Rendre la séance et l’acte publics aussitôt (droit acts:publish)")), left, problem, button));
  const element = el("div", {}, top.element, body);
  tell();
  return element;
};
