import type { UndirectedGraph } from "graphology";
import louvainModule from "graphology-communities-louvain";

// Under nodenext the package's default export has no callable type.
const library = louvainModule as unknown as (graph: UndirectedGraph, options: { getEdgeWeight: string; resolution: number; randomWalk: false }) => Record<string, number>;

/** Community of every node, from 0, by Louvain's method (Blondel et al. 2008) on the edges' `weight`; nodes are visited in their order, so equal graphs give equal communities. */
export const louvain = (graph: UndirectedGraph, resolution: number): Record<string, number> => library(graph, { getEdgeWeight: "weight", resolution, randomWalk: false });
