// Elements without markup in strings: whatever a document says is only ever text.

/** An element with its attributes, its listeners (`onclick`) and its children; a text is a child like any other, `null` is none. */
export const el = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, String(value));
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
};

let last = 0;
/** An identifier that no other element has. */
export const id = (stem) => `${stem}-${(last += 1)}`;

/** "1 nom", "2 noms": French counts as many from 2 on. */
export const count = (number, one, many) => `${number} ${number < 2 ? one : many}`;

/** Texts compared whatever their accents and capitals. */
export const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/’/g, "'").toLowerCase().trim();

/** Calls `told(event)` when the pointer moves over an element: not when the page moves under a pointer that rests. */
export const onPointing = (element, told) => element.addEventListener("mousemove", (event) => { if (event.movementX || event.movementY) told(event); });
