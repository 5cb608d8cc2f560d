// The form of a requisition with script: what is entered stays in this phone until it
// is sent, and is sent once.
import { facts } from "../../../shared/web/static/parts/words.js";
import { bindAsking } from "./parts/asking.js";
import { openDesk } from "./parts/desk.js";
import { requisitions, unfinished } from "./parts/requisitions.js";

const form = document.getElementById("ask");
const found = document.getElementById("found");

const open = async () => {
  const desk = await openDesk();
  const earlier = await unfinished(facts.account, ({ unit_code }) => unit_code === form.dataset.unit);
  const isWanted = new URLSearchParams(location.search).has("take");
  const asking = bindAsking(form, { account: facts.account, entry: isWanted ? earlier : null }, desk);

  found.hidden = isWanted || !["draft", "refused"].includes(earlier?.state);
  found.addEventListener("click", (event) => {
    if (event.target.closest("[data-take]")) asking.take(earlier);
    else if (event.target.closest("[data-drop]")) requisitions.remove(earlier.seq);
    else return;
    found.hidden = true;
  });

  document.documentElement.dataset.ask = "open";
  await desk.send();
};

open();
