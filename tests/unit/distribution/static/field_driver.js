// Calls what pages of the gate decide by, one JSON line each way.
import { createInterface } from "node:readline";
import * as standing from "../../../../services/distribution/static/parts/standing.js";
import * as when from "../../../../services/distribution/static/parts/when.js";
import * as wish from "../../../../services/distribution/static/parts/wish.js";

const parts = { standing, when, wish };

createInterface({ input: process.stdin }).on("line", (line) => {
  const { part, call, given } = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(parts[part][call](...given))}\n`);
});
