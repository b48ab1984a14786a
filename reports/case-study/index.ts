import type { Section } from "../contract.ts";
import { cascades } from "./cascades.ts";
import { coordination } from "./coordination.ts";
import { copies } from "./copies.ts";
import { coverage } from "./coverage.ts";
import { forecast } from "./forecast.ts";
import { heat } from "./heat.ts";
import { hotWords } from "./hot-words.ts";
import { lenses } from "./lenses.ts";
import { overview } from "./overview.ts";
import { phases } from "./phases.ts";
import { platforms } from "./platforms.ts";
import { regions } from "./regions.ts";
import { response } from "./response.ts";
import { sentiment } from "./sentiment.ts";
import { severity } from "./severity.ts";
import { spreaders } from "./spreaders.ts";
import { summary } from "./summary.ts";
import { targets } from "./targets.ts";
import { taxonomies } from "./taxonomies.ts";
import { timeline } from "./timeline.ts";
import { topics } from "./topics.ts";
import { triage } from "./triage.ts";
import { viewpoints } from "./viewpoints.ts";
import { volume } from "./volume.ts";

/** The case study: which findings, in which order. */
export const sections = [coverage, overview, heat, severity, timeline, response, volume, phases, forecast, platforms, sentiment, targets, spreaders, cascades, copies, coordination, regions, hotWords, topics, viewpoints, taxonomies, triage, lenses, summary] as unknown as readonly Section[];
