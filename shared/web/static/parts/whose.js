// A page of the server says whose it is, and the phone learns it: once a page, whatever
// part of it asks first.
import { finishLeaving } from "./leaving.js";
import { Pacer } from "./pacer.js";
import { ownedBy } from "./phone.js";

const LEARNT = Symbol.for("komek.owner");
const SIGN_IN = "/account/sign-in";
const { account, accountName, session } = document.body.dataset;

// Whoever comes next neither reads nor does anything as the one who left.
const sendAway = () => {
  document.body.hidden = true;
  const csrf_token = document.querySelector("meta[name=csrf-token]").content;
  const end = () => finishLeaving({ session, csrf_token }).then(() => "done", () => "lost");
  const told = (outcome) => outcome === "done" && location.assign(SIGN_IN);
  new Pacer(end, told).now();
};

const learn = async () => {
  if (await ownedBy({ account_id: account, display_name: accountName, session })) return;
  sendAway();
  await new Promise(() => {});
};

// Settles once the phone is theirs; never on a page of a session that was left, so
// nothing that waits for it asks, keeps or sends anything there.
export const owner = () => (globalThis[LEARNT] ??= learn());

if (account) owner().catch(() => {});
