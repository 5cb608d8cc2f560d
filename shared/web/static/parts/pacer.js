// When to try again: soon at first, then ever more slowly, never all phones at once.
const FIRST = 1000;
const LONGEST = 30000;

export class Pacer {
  #work; #told; #failures = 0; #timer = 0; #running = null; #isWanted = false;

  // `work` gives an outcome; "lost" and "busy" are tried again. `told` hears every outcome.
  constructor(work, told) {
    this.#work = work;
    this.#told = told;
    self.addEventListener("online", () => this.now());
    document.addEventListener("visibilitychange", () => document.hidden || this.now());
  }

  // Try at once, whatever failed before.
  now() {
    this.#failures = 0;
    return this.soon();
  }

  // Try at once, unless an earlier failure is being waited out.
  async soon() {
    if (this.#failures > 0 && this.#timer) return;
    if (this.#running) {
      this.#isWanted = true;
      return this.#running;
    }
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#running = this.#run();
    await this.#running;
  }

  async #run() {
    let outcome = "lost";
    try {
      do {
        this.#isWanted = false;
        outcome = await this.#work();
      } while (this.#isWanted && outcome === "done");
    } finally {
      this.#running = null;
      if (outcome === "lost" || outcome === "busy") this.#later();
      else this.#failures = 0;
      if (outcome !== "busy") this.#told(outcome);
    }
  }

  #later() {
    const pause = Math.min(LONGEST, FIRST * 2 ** this.#failures);
    this.#failures += 1;
    this.#timer = setTimeout(() => {
      this.#timer = 0;
      this.soon();
    }, pause * (0.5 + Math.random() / 2));
  }
}
