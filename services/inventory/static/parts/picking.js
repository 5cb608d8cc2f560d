// Open pick lists as the phone knows them, with what was picked on it since.
import { el, icon } from "../../../../shared/web/static/parts/dom.js";
import { unitsOf } from "./reading.js";
import { nameOf, number, say } from "../../../../shared/web/static/parts/words.js";

const NOT_PICKED = ["refused", "undone", "asking", "attention"];

// How many units of a line this phone has picked and the snapshot does not know yet.
const ownPicks = (entries, list, line, since) =>
  entries
    .filter((entry) => entry.line.action === "pick" && entry.line.pick_list_number === list.pick_list_number)
    .filter((entry) => entry.seen.product_code === line.product_code && !NOT_PICKED.includes(entry.state))
    .filter((entry) => !entry.answered_at || !since || entry.answered_at > since)
    .filter((entry) => !(entry.line.lot_number ?? entry.seen.lot) || (entry.line.lot_number ?? entry.seen.lot) === line.lot_number)
    .reduce((sum, entry) => sum + (unitsOf(entry.line, entry.seen) ?? entry.line.quantity), 0);

// Own picks fill the lines in walking order when the code did not say the lot.
const progress = (list, entries, since) => {
  const used = new Map();
  return list.lines.map((line) => {
    const spent = used.get(line.product_code) ?? 0;
    const own = Math.max(0, Math.min(line.quantity - line.picked, ownPicks(entries, list, line, since) - spent));
    used.set(line.product_code, spent + own);
    return { ...line, picked: line.picked + own };
  });
};

const lineOf = (line, snapshot) =>
  el(
    "li", {},
    el(
      "div", { class: "row between" },
      el(
        "div", {},
        el("p", { class: "nm" }, el("span", { class: "code" }, line.location_code), ` · ${nameOf(snapshot.product(line.product_code)) || line.product_code}`),
        el("p", { class: "dq" }, `${say("lot")} `, el("b", { class: "code" }, line.lot_number)),
      ),
      el(
        "div", { class: "row" },
        line.picked >= line.quantity ? el("span", { class: "badge ok" }, icon("okc"), say("done")) : null,
        el("b", { class: "num" }, `${number(line.picked)} / ${number(line.quantity)}`),
      ),
    ),
  );

const oneList = (list, snapshot, entries) => {
  const lines = progress(list, entries, snapshot.fetchedAt);
  const sum = (name) => number(lines.reduce((total, line) => total + line[name], 0));
  return el(
    "section", { class: "card flush" },
    el(
      "div", { class: "head" },
      el("h2", {}, say("picked_of", { picked: sum("picked"), wanted: sum("quantity") })),
      el("span", { class: "hint code" }, list.pick_list_number),
    ),
    el("ul", { class: "lines" }, lines.map((line) => lineOf(line, snapshot))),
  );
};

const choice = (lists) =>
  el(
    "section", { class: "card flush" },
    el(
      "ul", { class: "wait" },
      lists.map((list) =>
        el("li", {}, el(
          "a", { href: `/inventory/pick-lists/${list.pick_list_number}` },
          el("span", { class: "n num" }, number(list.lines.length)),
          el("span", { class: "t code" }, list.pick_list_number),
          icon("chev"),
        )),
      ),
    ),
  );

// The list with this number, or all open lists to choose from.
export const pickView = (numberWanted, snapshot, entries) => {
  const lists = snapshot.body.pick_lists;
  const list = lists.find((one) => one.pick_list_number === numberWanted);
  if (list) return oneList(list, snapshot, entries);
  return lists.length ? choice(lists) : el("p", { class: "card quiet" }, say("no_lists"));
};
