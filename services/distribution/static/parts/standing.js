// How a handover stands: what this phone recorded of it, what was told, what counts.
import { uuid7 } from "../../../../shared/web/static/parts/uuid7.js";

// The warehouse's word that it left may still be on its way to us.
const hasNotLeft = (body) => body.code === "consignment_state" && ["planned", "picking"].includes(body.state);

// What is changed while it waits gets a new id, for nobody knows whether the first one
// arrived. When it did, this one takes its place.
export const rewritten = (entry, body) => ({
  ...entry,
  state: "waiting",
  answer: null,
  earlier: [...(entry.earlier ?? []), entry.body.command_id],
  body: { ...body, command_id: uuid7() },
});

const correcting = (entry, handoverId) => ({
  state: "waiting",
  answer: null,
  body: { ...entry.body, command_id: uuid7(), corrects: handoverId },
});

// What becomes of an entry by its answer; null when it is to go again later.
export const changeBy = (entry, isTaken, body) => {
  if (isTaken) return { state: "applied", answer: null };
  if (hasNotLeft(body)) return null;
  if (body.code === "not_the_last_handover") return { state: "conflict", answer: body };
  if (body.code !== "already_handed_over") return { state: "refused", answer: body };
  if (entry.earlier?.includes(body.handover_id)) return correcting(entry, body.handover_id);
  return { state: body.has_same_numbers ? "duplicate" : "conflict", answer: body };
};

// The id under which an entry counts, so that a correction can name it.
const handoverIdOf = (entry) => (entry.state === "duplicate" ? entry.answer.handover_id : entry.body.command_id);

const isOver = (entry) => ["applied", "duplicate"].includes(entry.state);

// The units that had closed when an entry was recorded to have given them goods, while it
// is the one that counts.
export const closedTakers = (known, entry) => {
  const told = isOver(entry) ? known.handed_over.find((one) => one.handover_id === handoverIdOf(entry)) : null;
  return told?.closed_takers ?? [];
};

// Which handover a new record takes the place of; of what nobody has answered yet, only
// one that whoever recorded it knows of.
const correctedBy = (ours) => (isOver(ours) ? handoverIdOf(ours) : (ours.answer?.handover_id ?? ours.body.corrects ?? null));

// How a delivery stands: what was sent, what is recorded of it last as far as the phone
// knows, whether that is in this phone and `open`, and which handover to correct.
export const standing = (known, entries, number) => {
  const isHere = (one) => one.consignment_number === number;
  const told = known.handed_over.find(isHere) ?? null;
  const delivery = told ?? known.deliveries.find(isHere) ?? null;
  const [ours = null] = entries.filter((one) => one.number === number).slice(-1);
  const isNewer = ours && (!isOver(ours) || !told || ours.answered_at > known.fetched_at);
  if (!isNewer) return { delivery, open: null, corrects: told?.handover_id ?? null, lines: told?.lines ?? null };
  return { delivery, open: isOver(ours) ? null : ours, corrects: correctedBy(ours), lines: ours.body.lines };
};
