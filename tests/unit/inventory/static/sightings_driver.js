// Answers each line, a list of [milliseconds, codes in view] and the names of what was
// seen before, with what is handed on and what is seen now. A name ends before a #.
import readline from "node:readline";
import { Sightings } from "../../../../services/inventory/static/parts/camera/sightings.js";

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const { views, before } = JSON.parse(line);
  const sightings = new Sightings((text) => text.split("#")[0], before);
  const told = views.map(([now, texts]) => sightings.next(texts.map((text) => ({ text })), now)?.text ?? null);
  process.stdout.write(`${JSON.stringify({ told, seen: sightings.seen })}\n`);
});
