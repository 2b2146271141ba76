// The text that was read, with its values and its differences marked.
import { el, onPointing } from "./dom.js";
import { label } from "./names.js";
import { indices, stretches } from "./spans.js";

const WORST = ["doubtful", "likely", "certain"];

/**
 * The text of a draft: `{element, light(values), reveal(values), difference(number)}`. `picked(value, asked)` is called with the number of a value
 * that is pointed at, and whether it is asked for.
 */
export const printed = ({ text, draft, picked }) => {
  const all = [...draft.values.map(({ span }) => span), ...draft.differences.map(({ span }) => span)];
  const places = indices(text, [draft.span.start, draft.span.end, ...all.flatMap(({ start, end }) => [start, end])]);
  const spans = all.map(({ start, end }) => ({ start: places.get(start), end: places.get(end) }));
  const from = spans.reduce((least, { start }) => Math.min(least, start), places.get(draft.span.start));
  const to = spans.reduce((most, { end }) => Math.max(most, end), places.get(draft.span.end));
  const values = draft.values.length;
  const marked = [];
  const of = new Map();
  const added = new Map();
  spans.slice(values).forEach(({ start, end }, number) => {
    if (start === end) added.set(start, [...(added.get(start) ?? []), number]);
  });

  const marker = (number) => {
    const sign = el("span", { class: "gap", "data-difference": number, title: `Le registre imprimerait ici : ${draft.differences[number].rendered}` }, "‸");
    return sign;
  };
  const pane = el("div", { class: "printed-text", role: "group", "aria-label": "Texte imprimé : les flèches vont d’une valeur à l’autre, Entrée va à son champ" });
  for (const stretch of stretches(from, to, spans)) {
    pane.append(...(added.get(stretch.start) ?? []).map(marker));
    // A form feed is no sign that anyone reads.
    const shown = text.slice(stretch.start, stretch.end).replaceAll("\f", "\n");
    const over = stretch.spans.filter((number) => number < values);
    const differences = stretch.spans.filter((number) => number >= values).map((number) => number - values);
    if (over.length === 0 && differences.length === 0) {
      pane.append(shown);
      continue;
    }
    // The smallest value is the one that is meant.
    over.sort((one, other) => spans[one].end - spans[one].start - (spans[other].end - spans[other].start));
    const classes = [];
    const attributes = {};
    if (over.length) {
      classes.push("read", WORST.find((sure) => over.some((number) => draft.values[number].confidence === sure && same(spans[number], spans[over[0]]))));
      Object.assign(attributes, { "data-value": over[0], role: "button", tabindex: -1, "aria-label": `${shown.trim()} : ${label(draft.values[over[0]].pointer)}` });
    }
    if (differences.length) {
      classes.push("differs", draft.differences[differences[0]].class);
      attributes["data-difference"] = differences[0];
    }
    const piece = el("span", { class: classes.join(" "), ...attributes }, shown);
    pane.append(piece);
    if (over.length && shown.trim()) marked.push(piece);
    over.forEach((number) => of.set(number, [...(of.get(number) ?? []), piece]));
  }
  pane.append(...(added.get(to) ?? []).map(marker));

  if (marked.length) marked[0].tabIndex = 0;
  else pane.tabIndex = 0;
  let lit = [];
  const light = (numbers) => {
    lit.forEach((piece) => piece.classList.remove("on"));
    lit = numbers.flatMap((number) => of.get(number) ?? []);
    lit.forEach((piece) => piece.classList.add("on"));
  };
  // Within the pane alone: the page stays where it is.
  const into = (piece) => {
    if (!piece) return;
    const [inside, around] = [piece.getBoundingClientRect(), pane.getBoundingClientRect()];
    if (inside.top < around.top || inside.bottom > around.bottom) pane.scrollTop += inside.top - around.top - pane.clientHeight / 3;
  };
  const go = (piece) => {
    marked.forEach((other) => (other.tabIndex = -1));
    piece.tabIndex = 0;
    piece.focus({ preventScroll: true });
    into(piece);
  };
  const value = (event) => event.target.closest?.("[data-value]");
  let over = null;
  onPointing(pane, (event) => {
    const piece = value(event);
    if (piece && piece !== over) picked(Number(piece.dataset.value), false);
    over = piece;
  });
  pane.addEventListener("mouseleave", () => { over = null; });
  pane.addEventListener("focusin", (event) => { const piece = value(event); if (piece) picked(Number(piece.dataset.value), false); });
  pane.addEventListener("click", (event) => { const piece = value(event); if (piece) picked(Number(piece.dataset.value), true); });
  pane.addEventListener("keydown", (event) => {
    const at = marked.indexOf(document.activeElement);
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const next = event.key === "Home" ? 0 : event.key === "End" ? marked.length - 1 : step ? at + step : null;
    if (at < 0) return;
    if (event.key === "Enter" || event.key === " ") picked(Number(marked[at].dataset.value), true);
    else if (next === null) return;
    else if (marked[next]) go(marked[next]);
    event.preventDefault();
  });
  const reveal = (numbers) => { light(numbers); into(lit[0]); };
  const difference = (number) => {
    const piece = pane.querySelector(`[data-difference="${number}"]`);
    pane.querySelectorAll(".shown").forEach((other) => other.classList.remove("shown"));
    pane.querySelectorAll(`[data-difference="${number}"]`).forEach((each) => each.classList.add("shown"));
    into(piece);
  };
  return { element: pane, light, reveal, difference };
};

const same = (one, other) => one.start === other.start && one.end === other.end;
