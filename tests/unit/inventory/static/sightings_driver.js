// Answers each line, a list of [milliseconds, codes in view], with what is handed on.
import readline from "node:readline";
import { Sightings } from "../../../../services/inventory/static/parts/camera/sightings.js";

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const sightings = new Sightings();
  const told = JSON.parse(line).map(([now, texts]) => sightings.next(texts.map((text) => ({ text })), now));
  process.stdout.write(`${JSON.stringify(told.map((code) => code?.text ?? null))}\n`);
});
