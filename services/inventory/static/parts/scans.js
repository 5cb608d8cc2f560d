// Scans on their way to the warehouse: sent in batches, in the order of scanning.
import { Outbox } from "../../../../shared/web/static/parts/outbox.js";
import { phone, setting } from "../../../../shared/web/static/parts/phone.js";
import { senderOf } from "../../../../shared/web/static/parts/sender.js";

const ADDRESS = "/inventory/api/v1/scans";
const BATCH = 500;
export const TAG = "send-scans";

export const scans = new Outbox("scans");

export const entryOf = async (scanId) => (await phone()).getFromIndex("scans", "scan_id", scanId);

// Take a scan out of the phone, and its picture.
export const discard = async (entry) => {
  await (await phone()).delete("photos", entry.line.scan_id);
  await scans.remove(entry.seq);
};

const refusalOf = ({ code, detail, facts }) => ({ status: "refused", code, detail, facts });

export const sendScans = senderOf({
  outbox: scans,
  lock: "komek-sending",
  most: BATCH,
  isHeld: async () => ((await setting("offline")) ? "offline" : null),
  request: (taken) => ({ address: ADDRESS, body: { scans: taken.map((entry) => entry.line) } }),
  read: (taken, answer, body) => {
    if (!answer.ok) return taken.map(({ line }) => ({ state: "refused", answer: { scan_id: line.scan_id, ...refusalOf(body) } }));
    return Array.isArray(body.results) ? body.results.map((result) => ({ state: result.status, answer: result })) : null;
  },
});
