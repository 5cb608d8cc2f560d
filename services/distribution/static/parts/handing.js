// The form of a handover: what is recorded is kept in the phone first, and a record
// that has not gone yet can be put right before it goes.
import { reveal } from "./finding.js";
import { handovers } from "./handovers.js";
import { fill, recordOf } from "./record.js";
import { refuse, showForm } from "./refusing.js";
import { rewritten } from "./standing.js";
import { split } from "./splitting.js";

const form = document.getElementById("gate");

// It happened when it was recorded first, unless a paper says when.
const sameMoment = (body, before) => (body.is_from_paper ? body : { ...body, occurred_at: before.occurred_at });

// Put right what has not gone yet; what is just going is corrected after it.
const kept = async (body, open, account) => {
  const changed = open && (await handovers.change(open.seq, (now) => rewritten(now, sameMoment(body, now.body))));
  if (changed) return changed.seq;
  const corrects = open ? { corrects: open.body.command_id } : {};
  const { seq } = await handovers.add({ account, number: form.dataset.number, state: "waiting", body: { ...body, ...corrects } });
  return seq;
};

// `open` and `corrects` as parts/standing.js tells them; `receipt`: the page to go on to
// when it is recorded.
export const bindHandover = ({ account, open, corrects, receipt }, desk) => {
  let recorded = null;
  let isKeeping = false;

  const record = async (isWhole) => {
    const { body, fault, at } = recordOf(form, isWhole);
    if (fault) {
      reveal(at);
      return refuse(form, fault, at);
    }
    if (isKeeping) return undefined; // a second press, while the form is still there
    isKeeping = true;
    recorded = await kept(body, open, account).finally(() => {
      isKeeping = false;
    });
    showForm(form, false);
    document.getElementById("queue").scrollIntoView();
    return desk.send();
  };

  // Whoever sends it, this page, another tab or the worker: when it counts at once, go on.
  // What was answered otherwise is settled here, and stays in sight.
  desk.onAnswer((answered) => {
    const ours = answered.find(({ number, seq }) => number === form.dataset.number && seq === recorded);
    if (!ours) return;
    recorded = null;
    if (ours.state === "applied") handovers.remove(ours.seq).then(() => location.assign(receipt));
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    record(event.submitter?.value !== "parts");
  });

  // What is in the phone already stands on the form only for who wants to correct it.
  const isCorrecting = new URLSearchParams(location.search).has("correct");
  showForm(form, !open || isCorrecting);
  if (open && isCorrecting) {
    form.elements.corrects.value = corrects ?? "";
    fill(form, open.body);
    split();
  }
};
