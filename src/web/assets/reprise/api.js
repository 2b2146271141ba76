// The register's API, as any client asks it.

/** A refusal (RFC 9457): `errors` are `{pointer, code, detail}`. */
export class Problem extends Error {
  constructor(status, body) {
    super([body.title, body.detail].filter(Boolean).join(" ") || `Le registre a répondu ${status}.`);
    this.status = status;
    this.errors = body.errors ?? [];
  }
}

/** Asks, and gives the answer; throws a `Problem` in words where it is refused, or where the register cannot be reached. */
export const ask = async (path, { token, ...options } = {}) => {
  const headers = new Headers(options.headers);
  headers.set("Accept-Language", "fr");
  if (token) headers.set("Authorization", `Bearer ${token}`);
  let answer;
  try {
    answer = await fetch(path, { ...options, headers, credentials: "omit", cache: "no-store" });
  } catch {
    throw new Problem(0, { title: "Le registre ne répond pas.", detail: "Vérifiez votre connexion, puis recommencez." });
  }
  if (!answer.ok) throw new Problem(answer.status, await answer.json().catch(() => ({})));
  return answer;
};

/** A key for one attempt: the same act sent twice is made once. */
export const attempt = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** Every vocabulary: its name to `Map(value, French label)`. */
export const vocabularies = async () => {
  const { data } = await (await ask("/v1/enums")).json();
  return new Map(data.map(({ name, members }) => [name, new Map(members.map(({ value, label }) => [value, label.fr]))]));
};
