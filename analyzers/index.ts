import type { EventAnalyzer } from "./contract.ts";
import { cascades } from "./event/cascades.ts";
import { coordination } from "./event/coordination.ts";
import { copies } from "./event/copies.ts";
import { coverage } from "./event/coverage.ts";
import { forecast } from "./event/forecast.ts";
import { heat } from "./event/heat.ts";
import { hotWords } from "./event/hot-words.ts";
import { lenses } from "./event/lenses.ts";
import { overview } from "./event/overview.ts";
import { phases } from "./event/phases.ts";
import { platforms } from "./event/platforms.ts";
import { regions } from "./event/regions.ts";
import { response } from "./event/response.ts";
import { sentiment } from "./event/sentiment.ts";
import { severity } from "./event/severity.ts";
import { spreaders } from "./event/spreaders.ts";
import { summary } from "./event/summary.ts";
import { targets } from "./event/targets.ts";
import { taxonomies } from "./event/taxonomies.ts";
import { timeline } from "./event/timeline.ts";
import { topics } from "./event/topics.ts";
import { triage } from "./event/triage.ts";
import { viewpoints } from "./event/viewpoints.ts";
import { volume } from "./event/volume.ts";

/** The only registry of event analyzers, in the order of the run: an analyzer comes after those that it reads. */
export const eventAnalyzers = [coverage, overview, phases, volume, forecast, response, timeline, platforms, sentiment, heat, severity, targets, spreaders, cascades, copies, coordination, regions, hotWords, topics, viewpoints, taxonomies, triage, lenses, summary] as unknown as readonly EventAnalyzer[];
