// JSON pointers (RFC 6901).

const unescaped = (part) => part.replaceAll("~1", "/").replaceAll("~0", "~");

export const parts = (pointer) => pointer.split("/").slice(1).map(unescaped);

/** What stands there; `undefined` where nothing does. */
export const get = (value, pointer) => parts(pointer).reduce((inside, part) => inside?.[part], value);

/** Writes a value where its parent is; without a parent nothing is written. */
export const set = (value, pointer, written) => {
  const path = parts(pointer);
  const last = path.pop();
  const parent = path.reduce((inside, part) => inside?.[part], value);
  if (parent !== null && typeof parent === "object") parent[last] = written;
};

/** Calls `told(pointer, value)` for everything in a value, from the outside in, in its own order. */
export const visit = (value, told, pointer = "") => {
  told(pointer, value);
  if (value !== null && typeof value === "object") {
    for (const [key, inside] of Object.entries(value)) visit(inside, told, `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`);
  }
};
