// Answers one JSON line for each JSON line it is given.
import readline from "node:readline";
import { holdsCode } from "../../../../services/inventory/static/parts/free_text.js";

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  process.stdout.write(`${JSON.stringify(holdsCode(JSON.parse(line)))}\n`);
});
