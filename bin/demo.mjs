// npm run demo: writes the bundled invented event (示例数据) as a vendor's export and makes its case-study report.
import { fileURLToPath } from "node:url";

const { generateDemo } = await import("../dist/data/samples/generate.js");
const { main } = await import("../dist/pipeline/cli.js");
const out = fileURLToPath(new URL("../out/demo/", import.meta.url));
const { csvPath, eventPath } = generateDemo(out);
process.exitCode = await main(["report", csvPath, "--event", eventPath, "--out", out, ...process.argv.slice(2)]);
