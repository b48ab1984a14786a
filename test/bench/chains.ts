import { measureChains, realTrees } from "../import/chained-trees.ts";
import { random } from "../relate/planted-opinions.ts";

/** npx tsx test/bench/chains.ts [SEED]: share of reposts whose depth is read rightly from their chain, by length limit and true depth (needs ../shared; a minute). */
const [seed = 1] = process.argv.slice(2).map(Number);
const trees = realTrees();
const share = ({ reposts, exact }: { reposts: number; exact: number }): string => `${((100 * exact) / reposts).toFixed(2)}%`;
console.log(["limit", "reposts", "exact", "1", "2", "3", "4", "5", "6+"].join("\t"));
for (const limit of [140, 280, Infinity]) {
  const measured = measureChains(random(seed), trees, limit);
  console.log([limit, measured.reposts, share(measured), ...[...measured.byDepth].sort((a, b) => a[0] - b[0]).map(([, of]) => share(of))].join("\t"));
}
