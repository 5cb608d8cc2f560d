// Every page knows who is signed in, and so the phone learns it.
import { ownedBy } from "./phone.js";

const { account, accountName } = document.body.dataset;

if (account) ownedBy({ account_id: account, display_name: accountName }).catch(() => {});
