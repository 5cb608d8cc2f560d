// Keeps the scan station's pages in the phone, so that it opens without a network.
import { setting } from "../../../shared/web/static/parts/phone.js";
import { work } from "../../../shared/web/static/parts/worker.js";
import { SESSION } from "./parts/addresses.js";
import { TAG, sendScans } from "./parts/scans.js";

const { shells, words } = self.KEPT;
const MODES = ["receive", "move", "pick", "count", "look"];
const AWAY = "away";
const PATIENCE = 3000;

const modeOf = (url) => {
  if (/^\/inventory\/pick-lists(\/|$)/.test(url.pathname)) return "pick";
  if (url.pathname !== "/inventory/scan") return AWAY;
  const wish = url.searchParams.get("mode");
  return MODES.includes(wish) ? wish : "receive";
};

const patienceOf = async (url) => {
  if (modeOf(url) === AWAY) return null;
  return (await setting("offline").catch(() => null)) ? 0 : PATIENCE;
};

work({
  name: "station",
  pagesOf: (language) => [...[...MODES, AWAY].map((mode) => `${shells}/${language}/${mode}`), `${words}/${language}`],
  shellOf: (url, language) => `${shells}/${language}/${modeOf(url)}`,
  patienceOf,
  session: SESSION,
  send: sendScans,
  tag: TAG,
});
