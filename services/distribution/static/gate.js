// The pages of the gate with script: what is recorded is kept in the phone first and
// sent when it can be.
import { facts } from "../../../shared/web/static/parts/words.js";
import { openDesk } from "./parts/desk.js";
import { bindHandover } from "./parts/handing.js";
import { findLines } from "./parts/finding.js";
import { known } from "./parts/known.js";
import { bindPhotoForm } from "./parts/photo_form.js";
import { standing } from "./parts/standing.js";
import { split } from "./parts/splitting.js";
import "./parts/sums.js";

const form = document.getElementById("gate");
const photoForm = document.getElementById("photo-form");

const open = async () => {
  const desk = await openDesk();
  findLines(document.querySelector("main"));
  if (form) {
    if (form.dataset.recording === "parts") split();
    const { handed } = await desk.entries();
    const stands = standing(await known(facts.account), handed, form.dataset.number);
    bindHandover({ ...stands, account: facts.account, receipt: form.dataset.receipt }, desk);
  }
  if (photoForm) await bindPhotoForm(photoForm, desk);
  document.documentElement.dataset.gate = "open";
  await desk.send();
};

open();
