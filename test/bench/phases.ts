import { measure } from "../analyzers/phase-accuracy.ts";

/** npx tsx test/bench/phases.ts [FIRST SEED] [END] [DRAWS]: accuracy of the phases on synthetic events, 400 by default. About a minute. */
const [from = 1000, to = 1400, draws = 50] = process.argv.slice(2).map(Number);
console.log(JSON.stringify(measure(from, to, draws), null, 2));
