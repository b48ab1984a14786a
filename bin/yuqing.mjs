#!/usr/bin/env node
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const compiled = new URL("../dist/pipeline/cli.js", import.meta.url);
if (!existsSync(fileURLToPath(compiled))) {
  process.stderr.write("yuqing is not built yet: run `npm run build` in its folder\n");
  process.exit(1);
}
const { main } = await import(compiled.href);
process.exitCode = await main(process.argv.slice(2));
