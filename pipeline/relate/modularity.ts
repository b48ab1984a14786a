/** An undirected edge between two different nodes; at most one for each pair. */
export interface Edge {
  a: number;
  b: number;
  weight: number;
}

/** A move must raise modularity by more than rounding could, so that no node moves to and fro for ever. */
const leastGain = 1e-9;

/** Community of each node, numbered from 0 by its first node: Louvain's method (Blondel et al. 2008) at the given resolution, nodes in their order, ties to the community met first. */
export function communitiesOf(nodes: number, edges: readonly Edge[], resolution: number): Int32Array {
  const found = Int32Array.from({ length: nodes }, (_, node) => node);
  const total = 2 * edges.reduce((sum, { weight }) => sum + weight, 0);
  let graph = graphOf(nodes, edges, new Float64Array(nodes));
  for (;;) {
    const moved = moveNodes(graph, total, resolution);
    const numbers = new Map<number, number>();
    for (const community of moved) if (!numbers.has(community)) numbers.set(community, numbers.size);
    const labels = moved.map((community) => numbers.get(community)!);
    for (let node = 0; node < nodes; node++) found[node] = labels[found[node]!]!;
    if (numbers.size === labels.length) return found;
    graph = merged(graph, labels, numbers.size);
  }
}

interface Graph {
  /** Of each node the weights to its neighbours. */
  neighbours: Map<number, number>[];
  /** Twice the weight of the edges inside a node. */
  loops: Float64Array;
}

function graphOf(nodes: number, edges: Iterable<Edge>, loops: Float64Array): Graph {
  const neighbours = Array.from({ length: nodes }, () => new Map<number, number>());
  for (const { a, b, weight } of edges) {
    neighbours[a]!.set(b, (neighbours[a]!.get(b) ?? 0) + weight);
    neighbours[b]!.set(a, (neighbours[b]!.get(a) ?? 0) + weight);
  }
  return { neighbours, loops };
}

/** Moves nodes between communities, from each on its own, until no move gains. */
function moveNodes({ neighbours, loops }: Graph, total: number, resolution: number): Int32Array {
  const degrees = Float64Array.from(neighbours, (own, node) => [...own.values()].reduce((sum, weight) => sum + weight, loops[node]!));
  const communities = Int32Array.from(degrees, (_, node) => node);
  const sums = degrees.slice();
  for (let moves = -1; moves !== 0; ) {
    moves = 0;
    for (const [node, own] of neighbours.entries()) {
      const before = communities[node]!;
      const weights = new Map<number, number>([[before, 0]]);
      for (const [other, weight] of own) weights.set(communities[other]!, (weights.get(communities[other]!) ?? 0) + weight);
      sums[before]! -= degrees[node]!;
      const gainOf = (community: number): number => (weights.get(community)! - (resolution * degrees[node]! * sums[community]!) / total) / total;
      let best = before;
      for (const community of weights.keys()) if (gainOf(community) > gainOf(best) + leastGain) best = community;
      sums[best]! += degrees[node]!;
      communities[node] = best;
      if (best !== before) moves++;
    }
  }
  return communities;
}

/** The graph whose nodes are the communities. */
function merged({ neighbours, loops }: Graph, labels: Int32Array, count: number): Graph {
  const inside = new Float64Array(count);
  for (const [node, loop] of loops.entries()) inside[labels[node]!]! += loop;
  const edges: Edge[] = [];
  for (const [node, own] of neighbours.entries()) {
    for (const [other, weight] of own) {
      if (other <= node) continue;
      if (labels[node] === labels[other]) inside[labels[node]!]! += 2 * weight;
      else edges.push({ a: labels[node]!, b: labels[other]!, weight });
    }
  }
  return graphOf(count, edges, inside);
}
