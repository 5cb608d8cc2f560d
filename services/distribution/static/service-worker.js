// Keeps the gate's page in the phone, so that a team can hand over and ask for goods
// without a network.
import { work } from "../../../shared/web/static/parts/worker.js";
import { SESSION, TAG } from "./parts/addresses.js";
import { sendWaiting } from "./parts/sending.js";

const { shells, words } = self.KEPT;
const PATIENCE = 4000;
const PATIENCE_AT_START = 8000;

// Only these can do their work from memory; every other page needs an answer.
const patienceOf = ({ pathname }) => {
  if (/\/(handover|requisition)\/?$/.test(pathname)) return PATIENCE;
  return pathname === "/distribution/" ? PATIENCE_AT_START : null;
};

work({
  name: "gate",
  pagesOf: (language) => [`${shells}/${language}`, `${words}/${language}`],
  shellOf: (_url, language) => `${shells}/${language}`,
  patienceOf,
  session: SESSION,
  send: sendWaiting,
  tag: TAG,
});
