// The page that opens without a network: filled, by its address, from what the phone
// knows of whoever was signed in last.
import { facts } from "../../../shared/web/static/parts/words.js";
import { drawAsking } from "./parts/ask_page.js";
import { drawDelivery } from "./parts/delivery_page.js";
import { openDesk } from "./parts/desk.js";
import { known, refresh } from "./parts/known.js";
import { unfinished } from "./parts/requisitions.js";
import { standing } from "./parts/standing.js";
import { drawStart } from "./parts/start_page.js";
import { photographed } from "./parts/waybills.js";

const DELIVERY = /\/consignments\/([^/]+)\/handover\/?$/;
const ASKING = /\/units\/([^/]+)\/requisition\/?$/;

const named = (pattern) => decodeURIComponent(pattern.exec(location.pathname)?.[1] ?? "");

const deliveryHere = async (desk, all) => {
  const number = named(DELIVERY);
  if (!number || !facts.account) return false;
  const found = standing(all, (await desk.entries()).handed, number);
  if (!found.delivery) return false;
  drawDelivery(found, { known: all, desk });
  return true;
};

const askingHere = async (desk, all) => {
  const code = named(ASKING);
  const unit = all.units.find((one) => one.unit_code === code);
  if (!unit || !facts.account) return false;
  const entry = await unfinished(facts.account, ({ unit_code }) => unit_code === code);
  drawAsking(unit, { known: all, entry, desk });
  return true;
};

const start = async (desk, all) => {
  const { handed } = await desk.entries();
  const redraw = () => start(desk, all);
  const handled = new Set(handed.filter((entry) => entry.state !== "refused").map((entry) => entry.number));
  drawStart(all, { handled, photographed: await photographed(facts.account), redraw });
};

const open = async () => {
  const desk = await openDesk();
  document.querySelector("[data-leave]").hidden = !facts.account;
  const all = await known(facts.account);
  const isElsewhere = (await deliveryHere(desk, all)) || (await askingHere(desk, all));
  if (!isElsewhere) await start(desk, all);
  document.documentElement.dataset.gate = "open";
  await desk.send();
  if ((await desk.isOurs()) && !isElsewhere) await start(desk, await refresh(facts.account));
};

open();
