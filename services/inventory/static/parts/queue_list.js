// Every scan that is in this phone, what became of it, and what can be done about it.
import { amountOf } from "./card.js";
import { button, el, icon } from "../../../../shared/web/static/parts/dom.js";
import { ANSWERED } from "../../../../shared/web/static/parts/phone.js";
import { titleOf } from "./reading.js";
import { discard } from "./scans.js";
import { clock, facts, has, number, say } from "../../../../shared/web/static/parts/words.js";

const SHOWN = 60;
const SIGNS = {
  asking: ["warn", "tri"], waiting: ["wait", "phone"], sending: ["wait", "phone"], "signed-out": ["warn", "lock"],
  applied: ["ok", "okc"], duplicate: ["ok", "okc"], attention: ["warn", "tri"], refused: ["stop", "oct"], undone: ["wait", "undo"],
};
const SETTLED = ["applied", "duplicate", "undone"];

// Why a scan was not simply taken, in the reader's language where we have the words.
export const reasonOf = (answer) => {
  if (!answer?.code) return "";
  if (has(`fault.${answer.code}`)) return say(`fault.${answer.code}`, answer.facts);
  return has(`short.${answer.code}`) ? say(`short.${answer.code}`) : (answer.detail ?? "");
};

export class QueueList {
  #box; #lines; #done; #doing; #snapshot; #discard;

  // `doing`: answer, correct, retry and putBack, each with an entry.
  constructor(snapshot, doing) {
    this.#snapshot = snapshot;
    this.#doing = doing;
    this.#box = document.getElementById("queue");
    this.#lines = document.getElementById("queue-lines");
    this.#done = document.getElementById("queue-done");
    this.#discard = document.getElementById("discard-dialog");
  }

  draw(entries) {
    const mine = entries.filter((entry) => entry.account === facts.account).reverse();
    const open = mine.filter((entry) => !ANSWERED.includes(entry.state));
    const done = mine.filter((entry) => ANSWERED.includes(entry.state));
    this.#box.hidden = mine.length === 0;
    this.#lines.replaceChildren(...open.slice(0, SHOWN).map((entry) => this.#line(entry)));
    this.#box.querySelector("[data-open]").textContent = number(open.length);
    this.#done.hidden = done.length === 0;
    this.#done.querySelector("[data-done]").textContent = number(done.length);
    this.#done.querySelector("ol").replaceChildren(...done.slice(0, SHOWN).map((entry) => this.#line(entry)));
  }

  #line(entry) {
    const [css, sign] = SIGNS[entry.state];
    const where = entry.line.to_location_code ?? entry.line.location_code;
    const small = [clock(entry.line.occurred_at), where, reasonOf(entry.answer)].filter(Boolean).join(" · ");
    return el(
      "li", { "data-state": entry.state, "data-scan": entry.line.scan_id, class: entry.state === "undone" ? "queue-state undone" : "queue-state" },
      el("span", { class: css }, icon(sign, "i st")),
      el("span", { class: "t" }, `${amountOf(entry)} · ${titleOf(entry, this.#snapshot)}`, el("small", {}, small), el("span", { class: "badge" }, say(entry.state))),
      el("span", { class: "row" }, this.#buttons(entry)),
    );
  }

  #buttons(entry) {
    const doing = this.#doing;
    if (entry.state === "asking") return [button(say("answer"), () => doing.answer(entry))];
    if (entry.state === "undone") return [button(say("put_back"), () => doing.putBack(entry), "b s plain")];
    if (entry.state === "attention" && !facts.is_shell) {
      return [el("a", { class: "b s plain", href: `/inventory/attention/${entry.line.scan_id}` }, say("settle"))];
    }
    if (entry.state === "refused") {
      return [
        button(say("retry"), () => doing.retry(entry)),
        button(say("correct"), () => doing.correct(entry)),
        button(say("discard"), () => this.#ask(entry), "b s plain"),
      ];
    }
    if (SETTLED.includes(entry.state) || entry.state === "sending") return [];
    return [button(say("discard"), () => this.#ask(entry), "b s plain")];
  }

  #ask(entry) {
    const dialog = this.#discard;
    dialog.querySelector("[data-what]").textContent = `${amountOf(entry)} · ${titleOf(entry, this.#snapshot)}`;
    const decided = () => dialog.returnValue === "discard" && discard(entry);
    dialog.addEventListener("close", decided, { once: true });
    dialog.returnValue = "";
    dialog.showModal();
  }
}
