// Writing a requisition: every touch is kept in the phone, pressing sends it once.
import { say } from "../../../../shared/web/static/parts/words.js";
import { dueIn, fill, follow, followAll, showFaults, typedIn } from "./ask_form.js";
import { refuse, showForm, unrefuse } from "./refusing.js";
import { pageOf, requisitions } from "./requisitions.js";
import { complete, overwrite } from "./typed.js";
import { faultsOf, linesOf } from "./wish.js";

const faultIn = (form, isDraft) => {
  const typed = typedIn(form);
  const row = showFaults(form, faultsOf(typed, dueIn(form), isDraft));
  if (row) return { text: say("check_rows"), row };
  return linesOf(typed).length ? null : { text: say("nothing_asked"), row: null };
};

// The form writes one entry of the phone: `entry`, or a new one at the first touch.
export const bindAsking = (form, { account, entry = null }, desk) => {
  let seq = entry?.seq ?? null;
  let turn = Promise.resolve();

  const written = (state, isDraft) => ({
    account,
    unit_code: form.dataset.unit,
    requisition_id: form.elements.requisition_id.value,
    typed: typedIn(form),
    is_draft: isDraft,
    state,
    answer: null,
  });

  const write = async (state, isDraft) => {
    const now = seq === null ? null : await requisitions.entry(seq);
    if (now) return requisitions.change(seq, (before) => ({ ...before, ...written(state, isDraft) }));
    const added = await requisitions.add(written(state, isDraft));
    seq = added.seq;
    return added;
  };

  const keep = (state, isDraft = false) => {
    turn = turn.then(() => write(state, isDraft));
    return turn;
  };

  const take = (one, write = overwrite) => {
    seq = one.seq;
    form.elements.requisition_id.value = one.requisition_id;
    fill(form, one.typed, write);
  };

  const show = (isShown) => {
    showForm(form, isShown);
    document.getElementById("kept").hidden = isShown;
  };

  const ask = async (isDraft) => {
    const fault = faultIn(form, isDraft);
    unrefuse(form);
    if (fault) return refuse(form, fault.text, fault.row);
    await keep("waiting", isDraft);
    show(false);
    document.getElementById("queue").scrollIntoView();
    return desk.send();
  };

  const told = (one) => {
    show(one.state === "refused");
    if (one.state === "refused") refuse(form, one.answer?.detail ?? "");
    if (one.state === "applied") requisitions.remove(one.seq).then(() => location.assign(pageOf(one.requisition_id)));
  };

  document.addEventListener("input", (event) => {
    const row = event.target.closest("[data-ask]");
    if (row && event.target.type === "number") follow(row);
    if (event.target.form === form) keep("draft");
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(event.submitter?.value === "draft");
  });

  desk.onAnswer((answered) => {
    const one = answered.find((each) => each.requisition_id === form.elements.requisition_id.value);
    if (one) told(one);
  });

  if (entry) take(entry, complete);
  else followAll(form);
  return { take };
};
