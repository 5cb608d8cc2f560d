// What was made in this phone and how it was answered; what needs a person stays until
// that person has decided.
import { el } from "../../../../shared/web/static/parts/dom.js";
import { handoverLine } from "./handover_line.js";
import { requisitionLine } from "./requisition_line.js";

// `handed` and `asked`: the entries of whoever is signed in.
export const drawQueue = ({ handed, asked, photographed, known }, doing) => {
  const section = document.getElementById("queue");
  if (!section) return;
  const lines = [
    ...handed.map((entry) => handoverLine(entry, { photo: photographed.get(entry.number), known }, doing)),
    ...asked.map((entry) => requisitionLine(entry, { known }, doing)),
  ];
  section.hidden = lines.length === 0;
  document.getElementById("queue-lines").replaceChildren(...lines);
};
