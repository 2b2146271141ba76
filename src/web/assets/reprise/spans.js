// Spans are bytes of UTF-8; a string counts UTF-16 units: "é" is two of the ones and one of the others.

const length = (point) => (point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4);

/** For each place in bytes its place in the string, in one pass over the text; one inside a character is the start of it. */
export const indices = (text, places) => {
  const wanted = [...new Set(places)].sort((one, other) => one - other);
  const found = new Map();
  let [at, bytes, next] = [0, 0, 0];
  while (next < wanted.length && at < text.length) {
    const point = text.codePointAt(at);
    const after = bytes + length(point);
    while (next < wanted.length && wanted[next] < after) found.set(wanted[next++], at);
    bytes = after;
    at += point > 0xffff ? 2 : 1;
  }
  while (next < wanted.length) found.set(wanted[next++], text.length);
  return found;
};

/**
 * A text cut wherever a span begins or ends: `{start, end, spans}` in the order of the text, with the numbers of the spans over each stretch. Spans are
 * `{start, end}` in the string; empty ones cut, and cover nothing.
 */
export const stretches = (from, to, spans) => {
  const cuts = [...new Set([from, to, ...spans.flatMap(({ start, end }) => [start, end])])].filter((at) => at >= from && at <= to).sort((a, b) => a - b);
  const begins = new Map();
  spans.forEach((span, number) => {
    if (span.end > span.start) begins.set(span.start, [...(begins.get(span.start) ?? []), number]);
  });
  let open = [];
  return cuts.slice(0, -1).map((start, place) => {
    open = [...open.filter((number) => spans[number].end > start), ...(begins.get(start) ?? [])];
    return { start, end: cuts[place + 1], spans: open };
  });
};
