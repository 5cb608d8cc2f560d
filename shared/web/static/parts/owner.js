// Whose page this is: the server says so, or, of a page out of the phone's memory, the
// phone, which knows who was signed in last.
import { finishLeaving } from "./leaving.js";
import { ownedBy, setting } from "./phone.js";
import { facts } from "./words.js";

const dress = () => {
  const theme = /(?:^|; )theme=(light|dark)/.exec(document.cookie)?.[1];
  if (theme) document.documentElement.dataset.theme = theme;
  document.querySelectorAll("a[hreflang]").forEach((link) => {
    const wish = new URLSearchParams(location.search);
    wish.set("lang", link.lang);
    link.href = `${location.pathname}?${wish}`;
  });
};

// Signing in, and the whole page, lead back to where one is.
const leadBack = () => {
  const here = location.pathname + location.search;
  document.querySelectorAll("[data-sign-in]").forEach((link) => {
    link.href = `/account/sign-in?${new URLSearchParams({ next: here })}`;
  });
  document.querySelectorAll("[data-here]").forEach((link) => {
    link.href = here;
  });
};

export const findOwner = async () => {
  leadBack();
  if (!facts.is_shell) return ownedBy({ account_id: facts.account, display_name: facts.name });
  dress();
  const person = await setting("person");
  facts.account = person?.account_id ?? "";
  facts.name = person?.display_name ?? "";
};

// A page from memory finds out, once there is a connection, who signed in since, and
// begins anew as theirs; who left meanwhile is signed out.
export const isSomebodyElses = async (person) => {
  if (!facts.is_shell || !person || person.account_id === facts.account) return false;
  if (await finishLeaving(person.account_id, person.csrf_token)) return false;
  await ownedBy({ account_id: person.account_id, display_name: person.display_name });
  location.reload();
  return true;
};
