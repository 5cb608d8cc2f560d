// Answers one JSON line for each JSON line it is given.
import readline from "node:readline";
import { combine, decode, withoutSecrets } from "../../../../services/inventory/static/parts/gs1/index.js";

const CALLS = {
  decode: ({ raw, options }) => decode(raw, options),
  combine: ({ raw, second, options }) => combine(raw, second, options),
  withoutSecrets: ({ raw, options }) => withoutSecrets(raw, options),
};

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const asked = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(CALLS[asked.call](asked))}\n`);
});
