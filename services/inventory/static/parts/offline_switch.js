// The switch that keeps scans in the phone on purpose, and says who switched it.
import { setSetting, setting } from "../../../../shared/web/static/parts/phone.js";
import { clock, facts, say } from "../../../../shared/web/static/parts/words.js";

const box = document.getElementById("work-offline");

const draw = (switched) => {
  if (!box) return;
  box.checked = switched !== null;
  document.getElementById("work-offline-said").textContent = switched
    ? say("switched", { name: switched.name, time: clock(switched.at) })
    : say("switched_off");
};

// True when it is on; `changed` is told when somebody presses it.
export const bindOfflineSwitch = async (changed) => {
  box?.addEventListener("change", async () => {
    const switched = box.checked ? { name: facts.name ?? "", at: new Date().toISOString() } : null;
    await setSetting("offline", switched);
    draw(switched);
    changed();
  });
  const switched = (await setting("offline")) ?? null;
  draw(switched);
  return switched !== null;
};
