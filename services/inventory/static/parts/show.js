// Puts the phone's own answers where they are seen and heard.
import { entryCard, faultCard, undoneCard } from "./card.js";
import { el } from "../../../../shared/web/static/parts/dom.js";
import { verdict } from "./reading.js";
import { tell } from "./sounds.js";
import { say } from "../../../../shared/web/static/parts/words.js";

const LONGEST_SCAN = 512;

export class Show {
  #result; #field; #snapshot; #recorder = null;

  constructor(result, field, snapshot) {
    this.#result = result;
    this.#field = field;
    this.#snapshot = snapshot;
  }

  // The buttons of a card are pressed on behalf of this recorder.
  serve(recorder) {
    this.#recorder = recorder;
  }

  draw(card) {
    document.querySelector("[data-none]")?.remove();
    this.#result.replaceChildren(card);
    // the answer has to be seen, wherever the list was scrolled to
    if (this.#result.getBoundingClientRect().top < 0) window.scrollTo(0, 0);
  }

  entry(entry, row) {
    const facts = { snapshot: this.#snapshot, asks: entry.asks, row, doing: this.#doing(entry), holdPlace: this.#holdPlace() };
    this.draw(entryCard(entry, facts));
    tell(this.#result.firstElementChild.dataset.face);
    const first = this.#result.querySelector("form input");
    const isQuestion = first && entry.asks.length > 0 && !entry.asks.includes("product");
    (isQuestion ? first : this.#field).focus({ preventScroll: true });
  }

  fault(code, raw) {
    this.draw(faultCard(code, { length: raw.trim().length, limit: LONGEST_SCAN }));
    tell("halt");
  }

  secondNext() {
    this.#result.append(el("p", { class: "banner", role: "status" }, say("second_now")));
    this.#field.focus({ preventScroll: true });
  }

  // Too late to change: the scan is being sent just now.
  late() {
    this.#result.append(el("p", { class: "banner warn", role: "status" }, say("late")));
  }

  undone(entry) {
    this.draw(undoneCard(entry, this.#snapshot, () => this.#recorder.putBack(entry)));
  }

  // Something of ours broke: say so, and let the browser's console have the rest.
  broken(problem) {
    const place = document.getElementById("problem");
    place.querySelector("[data-problem-text]").textContent = place.dataset.unclear;
    place.hidden = false;
    console.error(problem);
  }

  #doing(entry) {
    const recorder = this.#recorder;
    const product = this.#snapshot.product(entry.seen.product_code);
    const whyNot = verdict(entry.line, entry.seen, product) ?? (entry.asks.includes("reason") ? "shelf_life_too_short" : "refused");
    return {
      answered: (typed) => recorder.answered(entry, typed),
      sure: () => recorder.sure(entry),
      change: () => recorder.change(entry),
      undo: () => recorder.undo(entry),
      second: () => recorder.secondNext(),
      refuse: () => recorder.refuse(entry, whyNot),
    };
  }

  #holdPlace() {
    const holds = this.#snapshot.body.locations.filter((place) => place.kind === "hold" && place.location_code !== "RETURNS");
    return holds[holds.length - 1]?.location_code ?? "";
  }
}
