// The form of a requisition with script: what is entered stays in this phone until it
// is sent, and is sent once.
import { facts } from "../../../shared/web/static/parts/words.js";
import { bindAsking } from "./parts/asking.js";
import { openDesk } from "./parts/desk.js";
import { requisitions, unfinished } from "./parts/requisitions.js";
import { dayAt } from "./parts/when.js";

const form = document.getElementById("ask");
const found = document.getElementById("found");

// What was begun for another day that lies ahead goes on with the numbers of that day.
const isForOtherDay = ({ typed }) => typed.needed_by !== form.elements.needed_by.value && typed.needed_by >= dayAt(Date.now());

const goToDayOf = ({ typed }) => location.assign(`?needed_by=${typed.needed_by}&take=1`);

const open = async () => {
  const desk = await openDesk();
  const earlier = await unfinished(facts.account, ({ unit_code }) => unit_code === form.dataset.unit);
  const isWanted = new URLSearchParams(location.search).has("take");
  if (isWanted && earlier && isForOtherDay(earlier)) return goToDayOf(earlier);
  const asking = bindAsking(form, { account: facts.account, entry: isWanted ? earlier : null }, desk);

  found.hidden = isWanted || !["draft", "refused"].includes(earlier?.state);
  found.addEventListener("click", (event) => {
    if (event.target.closest("[data-drop]")) requisitions.remove(earlier.seq);
    else if (!event.target.closest("[data-take]")) return;
    else if (isForOtherDay(earlier)) goToDayOf(earlier);
    else asking.take(earlier);
    found.hidden = true;
  });

  document.documentElement.dataset.ask = "open";
  return desk.send();
};

open();
