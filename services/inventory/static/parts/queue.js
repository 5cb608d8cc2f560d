// Scans that the warehouse has not answered yet. A scan is stored before it is sent
// and forgotten only when it is answered, so it is sent again with the same id.
const BATCH = 50;

export class Queue {
  #key; #url; #token; #answered; #changed; #isSending = false; #isStale = false;

  constructor(station) {
    this.#key = `komek.scans.${station.account}`;
    this.#url = station.url;
    this.#token = station.token;
    this.#answered = station.answered;
    this.#changed = station.changed;
    window.addEventListener("online", () => this.send());
    setInterval(() => this.waiting.length && this.send(), 5000);
  }

  get waiting() {
    try {
      return JSON.parse(localStorage.getItem(this.#key) ?? "[]");
    } catch {
      return [];
    }
  }

  #store(lines) {
    localStorage.setItem(this.#key, JSON.stringify(lines));
  }

  add(line) {
    this.#store([...this.waiting, line]);
    return this.send();
  }

  async send() {
    if (this.#isSending) {
      this.#isStale = true;
      return;
    }
    this.#isSending = true;
    try {
      do {
        this.#isStale = false;
      } while ((await this.#sendSome()) || this.#isStale);
    } finally {
      this.#isSending = false;
    }
  }

  // Send the oldest; true when there is more that can go.
  async #sendSome() {
    const lines = this.waiting.slice(0, BATCH);
    if (lines.length === 0) return this.#changed("open", 0), false;
    let answer;
    try {
      answer = await fetch(this.#url, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.#token },
        body: JSON.stringify({ scans: lines }),
        signal: AbortSignal.timeout?.(20000),
      });
    } catch {
      return this.#changed("lost", this.waiting.length), false;
    }
    if ([401, 403].includes(answer.status)) {
      return this.#changed("signed-out", this.waiting.length), false;
    }
    if (answer.status >= 500 || answer.status === 429) {
      return this.#changed("lost", this.waiting.length), false;
    }
    const body = await answer.json();
    this.#forget(lines);
    this.#changed("open", this.waiting.length);
    this.#answered(lines.map((line, n) => ({ line, result: result(answer, body, line, n) })));
    return this.waiting.length > 0;
  }

  #forget(lines) {
    const gone = new Set(lines.map((line) => line.scan_id));
    this.#store(this.waiting.filter((line) => !gone.has(line.scan_id)));
  }
}

const result = (answer, body, line, n) =>
  answer.ok
    ? body.results[n]
    : { scan_id: line.scan_id, status: "refused", code: body.code, detail: body.detail };
