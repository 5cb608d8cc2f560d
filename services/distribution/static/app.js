// Whoever works at the gate has it in the phone from the first page on: what opens
// without a network, and the deliveries and units of this account.
import { install } from "../../../shared/web/static/parts/install.js";
import { owner } from "../../../shared/web/static/parts/whose.js";
import { TAG } from "./parts/addresses.js";
import { refresh } from "./parts/known.js";

const { account } = document.body.dataset;

const keep = async () => {
  await owner();
  await refresh(account);
  await install({ worker: "/distribution/service-worker.js", scope: "/distribution/", tag: TAG });
};

keep();
