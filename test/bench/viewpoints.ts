import { loadResources, scoreText } from "../../analyzers/post/index.ts";
import { measure } from "../relate/grouping-accuracy.ts";
import { canteen } from "../relate/planted-canteen.ts";
import { parking } from "../relate/planted-parking.ts";
import { say, water } from "../relate/planted-opinions.ts";

/**
 * npx tsx test/bench/viewpoints.ts: planted viewpoints recovered from three invented events, water and canteen (thresholds were chosen on them) and parking (never), and the share of
 * planted utterances that the analyzer takes for opinions by itself (30 seconds).
 */
const resources = loadResources([]);
console.log(["event", "utterances", "seed", "ARI", "share error", "lead right", "likest leads", "taken for opinions"].join("\t"));
for (const [name, domain] of [["water", water], ["canteen", canteen], ["parking", parking]] as const) {
  for (const count of [1500, 6000]) {
    for (const seed of [1, 2, 3]) {
      const said = say(count, seed, domain);
      const { rand, error, leads, alike } = measure(said, domain.viewpoints);
      const texts = [...new Set(said.filter(({ viewpoint }) => viewpoint >= 0).map(({ text }) => text))];
      const taken = texts.filter((text) => scoreText(text, resources).opinions!.length > 0).length / texts.length;
      console.log([name, count, seed, rand.toFixed(3), error.toFixed(4), `${leads.filter(({ right }) => right).length}/${leads.length}`, alike.toFixed(2), taken.toFixed(2)].join("\t"));
    }
  }
}
