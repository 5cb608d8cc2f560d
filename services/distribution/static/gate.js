// The gate with script: what is recorded is kept in the phone first and sent when it
// can be. The same file fills the page that opens without a network.
import { phone, setSetting, setting, UNSENT } from "../../../shared/web/static/parts/phone.js";
import { Session } from "../../../shared/web/static/parts/session.js";
import { facts, number } from "../../../shared/web/static/parts/words.js";
import { known, refresh } from "./parts/deliveries.js";
import * as outbox from "./parts/outbox.js";
import { drawQueue } from "./parts/queue_list.js";
import { recordOf } from "./parts/record.js";
import { SESSION, sendWaiting } from "./parts/sender.js";
import { drawShell } from "./parts/shell.js";
import "./parts/sums.js";

const AGAIN = 15000;
const KEPT_DAYS = 2;
const bar = document.getElementById("offbar");
const form = document.getElementById("gate");
let outcome = "done";

const findOwner = async () => {
  const here = location.pathname + location.search;
  document.querySelectorAll("[data-here]").forEach((link) => link.setAttribute("href", here));
  document.querySelectorAll("[data-sign-in]").forEach((link) => link.setAttribute("href", `/account/sign-in?${new URLSearchParams({ next: here })}`));
  if (!facts.is_shell) return setSetting("person", { account_id: facts.account, display_name: facts.name });
  const theme = /(?:^|; )theme=(light|dark)/.exec(document.cookie)?.[1];
  if (theme) document.documentElement.dataset.theme = theme;
  const person = await setting("person");
  facts.account = person?.account_id ?? "";
};

const install = async () => {
  await setSetting("language", facts.language);
  navigator.storage?.persist?.().catch(() => {});
  if (!navigator.serviceWorker) return;
  try {
    await navigator.serviceWorker.register("/distribution/service-worker.js", { scope: "/distribution/" });
    const ready = await navigator.serviceWorker.ready;
    ready.active.postMessage({ keep: facts.language });
    document.documentElement.dataset.kept = "yes";
  } catch {
    // a page without its worker still keeps and sends
  }
};

const sendLater = async () => {
  const ready = navigator.serviceWorker?.controller ? await navigator.serviceWorker.ready : null;
  await ready?.sync?.register("send-handovers").catch(() => {});
};

const isOld = (entry) => Date.now() - Date.parse(entry.answered_at) > KEPT_DAYS * 24 * 3600 * 1000;

const draw = async (send) => {
  const all = await outbox.entries();
  for (const entry of all.filter((one) => ["applied", "duplicate"].includes(one.state) && isOld(one))) await outbox.remove(entry.seq);
  const photos = await (await phone()).getAll("waybills");
  drawQueue(all, send, new Set(photos.map((photo) => photo.number)));
  const unsent = all.filter((entry) => entry.account === facts.account && UNSENT.includes(entry.state)).length;
  const why = facts.account ? outcome : "nobody";
  bar.hidden = !facts.is_shell && why === "done" && unsent === 0;
  bar.querySelector("[data-queued]").textContent = number(unsent);
  bar.querySelector("[data-some]").hidden = unsent === 0;
  bar.querySelectorAll("[data-why]").forEach((text) => {
    text.hidden = text.dataset.why !== why;
  });
  return all;
};

const refuse = (fault, at) => {
  const banner = document.getElementById("refusal");
  banner.querySelector("[data-refusal]").textContent = fault;
  banner.hidden = false;
  (at ?? banner).scrollIntoView({ block: "center" });
  banner.focus({ preventScroll: true });
};

const close = () => {
  form.hidden = true;
  document.getElementById("finish").hidden = true;
  document.getElementById("queue").scrollIntoView();
};

const open = async () => {
  await findOwner();
  const session = new Session(SESSION, facts.is_shell ? null : { account_id: facts.account, csrf_token: facts.csrf_token });
  const send = async () => {
    const result = await sendWaiting(session);
    if (result !== "busy") outcome = result;
    await draw(send);
  };

  const record = async (isWhole) => {
    const { body, fault, at } = recordOf(form, isWhole);
    if (fault) return refuse(fault, at);
    const { seq } = await outbox.add({ account: facts.account, number: form.dataset.number, state: "waiting", body });
    sendLater();
    close();
    await send();
    const answered = await outbox.entry(seq);
    if (answered?.state === "applied") {
      await outbox.remove(seq);
      location.assign(form.dataset.receipt);
    }
    return answered;
  };

  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    record(event.submitter?.value !== "parts");
  });
  outbox.onChange(() => draw(send));

  const all = await draw(send);
  const mine = all.filter((entry) => entry.account === facts.account && entry.state !== "refused");
  const isWaiting = (entry) => entry.number === form?.dataset.number && UNSENT.includes(entry.state);
  if (!facts.is_shell && mine.some(isWaiting)) close();
  if (facts.is_shell) drawShell(await known(facts.account), new Set(mine.map((entry) => entry.number)));
  document.documentElement.dataset.gate = "open";
  await send();
  window.addEventListener("online", send);
  setInterval(() => (outcome === "done" ? null : send()), AGAIN);
  if (!facts.is_shell) await install().then(() => refresh(facts.account));
};

phone().then(open);
