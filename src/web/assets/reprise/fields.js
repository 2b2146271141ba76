// One value of a record, as a field that can be corrected in place.
import { el, fold, id } from "./dom.js";
import { label, vocabulary } from "./names.js";
import { get, set } from "./pointers.js";

export const CONFIDENCE = { certain: "sûr", likely: "probable", doubtful: "douteux" };
const UNKNOWN_DAY = "1970-01-01";
const PERSON = /\/(holder|giver|person|other)$/;
const MONEY = /\/(expense|available|proposal|payment_credits|authorisation|balance|revenue|total|requested|carried_over)$/;
const MONTHS = ["janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre", "decembre"];

/** "7 juillet 2025", "07/07/2025" as 2025-07-07; else what was given. */
const day = (text) => {
  const read = /(\d{1,2})(?:er)?[ /.-]+([a-z]+|\d{1,2})[ /.-]+(\d{4})/.exec(fold(text));
  const month = read && (MONTHS.indexOf(read[2]) + 1 || Number(read[2]));
  return month ? `${read[3]}-${String(month).padStart(2, "0")}-${read[1].padStart(2, "0")}` : text;
};

const options = (words) => [...words].map(([value, text]) => el("option", { value }, text));

/** What a value is edited with: the element, what is shown of a value, and the value of what is shown. */
const control = (pointer, value, words) => {
  if (words) return { input: el("select", {}, options(words)), show: (v) => v, read: (text) => text };
  if (typeof value === "boolean") {
    const input = el("select", {}, options([["", "non précisé"], ["true", "oui"], ["false", "non"]]));
    return { input, show: (v) => (v === null ? "" : String(v)), read: (text) => (text === "" ? null : text === "true") };
  }
  if (typeof value === "number" || /\/(count|voters|votes_cast|members_in_office|stated_count|votes|seats)$/.test(pointer)) {
    const input = el("input", { type: "number", min: 0, step: 1, inputmode: "numeric" });
    return { input, show: (v) => v ?? "", read: (text) => (text === "" ? null : Number(text)) };
  }
  if (/^\d{4}-\d\d-\d\d$/.test(value ?? "")) {
    const input = el("input", { type: "date" });
    return { input, show: (v) => (v === UNKNOWN_DAY ? "" : v), read: (text) => day(text) || UNKNOWN_DAY, convert: day };
  }
  if (value === null && PERSON.test(pointer)) {
    const person = (printed) => ({ printed, civility: null, given_name: null, family_name: null, office: null, person: null });
    return { input: el("input", { type: "text" }), show: (v) => v?.printed ?? "", read: (text) => (text === "" ? null : person(text)) };
  }
  if (value === null && MONEY.test(pointer)) {
    const amount = (text) => /^\d+([.,]\d{1,2})?$/.exec(text.replace(/[\s€]/g, ""))?.[0].replace(",", ".") ?? null;
    return { input: el("input", { type: "text" }), show: (v) => v?.text ?? "", read: (text) => (text === "" ? null : { text, amount: amount(text), currency: "EUR" }) };
  }
  const text = value ?? "";
  const long = text.length > 70 || text.includes("\n") || /\/(articles|recitals)\/\d+\/text$/.test(pointer);
  const input = long ? el("textarea", { rows: Math.max(2, Math.min(9, Math.ceil(text.length / 60))), spellcheck: "false" }) : el("input", { type: "text" });
  return { input, show: (v) => v ?? "", read: (text) => (text === "" ? null : text) };
};

/** Fields that are texts, and cannot be unknown. */
const TEXTS = /^\/act\/title$|\/(articles|recitals|children)\/\d+\/text$|\/cells\/\d+$|\/columns\/\d+$/;

/**
 * A field: `{element, input, pointer, values, refuse(text), put(text)}`. `values` are the numbers of the values read for it; `changed` is called
 * after a correction.
 */
export const field = ({ draft, pointer, values, words, changed, extra }) => {
  const value = get(draft, pointer);
  const named = label(pointer);
  const key = id("champ");
  const rank = ["certain", "likely", "doubtful"];
  const sure = values.map((number) => draft.values[number].confidence).sort((a, b) => rank.indexOf(b) - rank.indexOf(a))[0];
  const badge = el("span", { class: `sure ${sure ?? "unread"}`, id: `${key}-sure` }, sure ? CONFIDENCE[sure] : "non lu");
  const attributes = { class: "value", "data-pointer": pointer };

  if (pointer.startsWith("/authority") || (value !== null && typeof value === "object")) {
    const shown = values.length ? draft.values[values[0]].printed : "";
    const element = el("div", { ...attributes, tabindex: 0 }, el("span", { class: "value-name" }, named, " "), badge, el("span", { class: "value-shown" }, shown));
    return { element, input: element, pointer, values, refuse: () => {}, put: () => {} };
  }

  const { input, show, read, convert } = control(pointer, value, words.get(vocabulary(pointer)));
  input.id = key;
  input.value = show(value);
  input.setAttribute("aria-describedby", `${key}-sure ${key}-faute`);
  if (/^\/(sitting\/date|act\/title)$/.test(pointer)) input.required = true;
  const fault = el("p", { class: "wrong", id: `${key}-faute`, hidden: true });
  const element = el("div", attributes, el("label", { for: key }, named), " ", badge, input, extra ?? null, fault);
  const write = () => {
    const said = read(input.value);
    set(draft, pointer, said === null && TEXTS.test(pointer) ? "" : said);
    input.removeAttribute("aria-invalid");
    fault.hidden = true;
    badge.textContent = "corrigé";
    badge.className = "sure corrected";
    changed(pointer);
  };
  input.addEventListener("input", write);
  const put = (text) => {
    const among = input.tagName === "SELECT" ? [...input.options].find((option) => fold(option.text) === fold(text))?.value : (convert?.(text) ?? text);
    if (among !== undefined) input.value = among;
    write();
    input.focus();
  };
  const refuse = (text) => {
    fault.textContent = text;
    fault.hidden = false;
    input.setAttribute("aria-invalid", "true");
    for (let around = element.closest("details:not([open])"); around; around = element.closest("details:not([open])")) around.open = true;
  };
  return { element, input, pointer, values, refuse, put };
};
