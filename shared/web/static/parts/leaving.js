// Signing out where there may be no network: the phone forgets at once, and the session
// ends as soon as a page or the worker of the one who left reaches us again.
import { emptyCaches, forgetPerson, setSetting, setting } from "./phone.js";

const ADDRESS = "/account/sign-out";

// Throws when it is not ended; one that is over already is.
const endSession = async (csrfToken) => {
  const headers = { Accept: "application/json", "X-CSRFToken": csrfToken };
  const answer = await fetch(ADDRESS, { method: "POST", headers, credentials: "same-origin", redirect: "manual" });
  if (answer.type !== "opaqueredirect" && !answer.ok && answer.status !== 401) throw new Error(`sign-out: ${answer.status}`);
};

// True when the session has ended; without a network it is still to be ended, and what
// opens without one stays, for it holds nothing about anybody.
export const leave = async (account, csrfToken) => {
  await forgetPerson(account);
  try {
    await endSession(csrfToken);
  } catch {
    await setSetting("leaving", account);
    return false;
  }
  await emptyCaches();
  return true;
};

// End the session of somebody who left earlier; true when this was one.
export const finishLeaving = async (account, csrfToken) => {
  if ((await setting("leaving")) !== account) return false;
  await endSession(csrfToken);
  await setSetting("leaving", null);
  return true;
};
