// Who is signed in on this phone now. A page from the phone's memory does not know;
// it asks before it sends anything, so nothing goes out under the wrong account. A
// session that was left is ended before anything goes out under it.
import { finishLeaving, isLeft } from "./leaving.js";

export class Session {
  #address; #known;

  constructor(address, known = null) {
    this.#address = address;
    this.#known = known;
  }

  // The account, its session's mark and the token of its forms; null when nobody is
  // signed in. Throws when no answer comes.
  async get() {
    if (!this.#known || (await isLeft(this.#known.session))) this.#known = await ask(this.#address);
    if (this.#known && (await finishLeaving(this.#known))) this.forget();
    return this.#known;
  }

  forget() {
    this.#known = null;
  }
}

const ask = async (address) => {
  const answer = await fetch(address, {
    headers: { Accept: "application/json" },
    credentials: "same-origin",
    redirect: "manual", // a page is led to the sign-in form; we only want to know
    signal: AbortSignal.timeout?.(15000),
  });
  if (answer.type === "opaqueredirect" || [401, 403].includes(answer.status)) return null;
  if (!answer.ok) throw new Error(`session: ${answer.status}`);
  return answer.json();
};
