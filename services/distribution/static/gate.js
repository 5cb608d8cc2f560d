// The pages of the gate with script: what is recorded is kept in the phone first and
// sent when it can be.
import { facts } from "../../../shared/web/static/parts/words.js";
import { openDesk } from "./parts/desk.js";
import { bindHandover } from "./parts/handing.js";
import { known } from "./parts/known.js";
import { standing } from "./parts/standing.js";
import "./parts/sums.js";

const form = document.getElementById("gate");

const open = async () => {
  const desk = await openDesk();
  if (form) {
    const { handed } = await desk.entries();
    const stands = standing(await known(facts.account), handed, form.dataset.number);
    bindHandover({ ...stands, account: facts.account, receipt: form.dataset.receipt }, desk);
  }
  document.documentElement.dataset.gate = "open";
  await desk.send();
};

open();
