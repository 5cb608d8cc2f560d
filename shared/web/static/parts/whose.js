// Every page knows who is signed in, and so the phone learns it.
import { finishLeaving } from "./leaving.js";
import { ownedBy } from "./phone.js";

const { account, accountName } = document.body.dataset;

const learn = async () => {
  const token = document.querySelector("meta[name=csrf-token]").content;
  if (await finishLeaving(account, token)) return location.assign("/account/sign-in");
  return ownedBy({ account_id: account, display_name: accountName });
};

if (account) learn().catch(() => {});
