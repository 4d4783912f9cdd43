// Breadth-first search over every reachable state of a model, with shortest counterexamples and a liveness check. No randomness.
import { Defect } from '../../core/domain/assert.ts';

/** `isFault`: the world misbehaves, or a person acts; a way to the end must exist without such edges. */
export type Edge<World> = { label: string; isFault: boolean; world: World };

export type Model<World> = {
  start: World;
  /** Equal keys, equal futures. */
  keyOf(world: World): string;
  /** Every way on; throws a Defect when the machine does. */
  edges(world: World): Edge<World>[];
  /** The name of a property that does not hold here, or null. */
  violated(world: World): string | null;
  /** A final, proven state: from everywhere one must be reachable without faults. */
  isEnd(world: World): boolean;
};

/** Liveness, checked over the whole graph. */
export const STUCK = 'a proven end can be reached when faults stop';

export type Counterexample = { property: string; path: string[] };
export type Report = {
  states: number;
  edges: number;
  depth: number;
  seconds: number;
  found: Counterexample | null;
};

/** Growable pairs of integers: the fault-free edges, millions of them. */
function pairList() {
  let pairs = new Int32Array(1 << 16);
  let length = 0;
  return {
    add(from: number, to: number) {
      if (length === pairs.length) {
        const larger = new Int32Array(length * 2);
        larger.set(pairs);
        pairs = larger;
      }
      pairs[length] = from;
      pairs[length + 1] = to;
      length += 2;
    },
    all: () => pairs.subarray(0, length),
  };
}

/** The first state, in order of discovery, from which no end can be reached; null when there is none. */
function firstStuck(count: number, ends: readonly number[], pairs: Int32Array): number | null {
  const offsets = new Int32Array(count + 1);
  for (let at = 1; at < pairs.length; at += 2)
    offsets[(pairs[at] ?? 0) + 1] = (offsets[(pairs[at] ?? 0) + 1] ?? 0) + 1;
  for (let id = 0; id < count; id += 1) offsets[id + 1] = (offsets[id + 1] ?? 0) + (offsets[id] ?? 0);
  const sources = new Int32Array(pairs.length / 2);
  const filled = offsets.slice();
  for (let at = 0; at < pairs.length; at += 2) {
    const to = pairs[at + 1] ?? 0;
    const slot = filled[to] ?? 0;
    sources[slot] = pairs[at] ?? 0;
    filled[to] = slot + 1;
  }
  const isReached = new Uint8Array(count);
  const queue = [...ends];
  for (const id of queue) isReached[id] = 1;
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    for (let slot = offsets[id] ?? 0; slot < (offsets[id + 1] ?? 0); slot += 1) {
      const source = sources[slot] ?? 0;
      if (isReached[source] === 1) continue;
      isReached[source] = 1;
      queue.push(source);
    }
  }
  const stuck = isReached.indexOf(0);
  return stuck === -1 ? null : stuck;
}

export function explore<World>(model: Model<World>): Report {
  const started = performance.now();
  const ids = new Map<string, number>();
  const parents: number[] = [];
  const labels: string[] = [];
  const ends: number[] = [];
  const healthy = pairList();
  let edges = 0;
  let depth = 0;
  let found: Counterexample | null = null;
  let next: { id: number; world: World }[] = [];

  const pathTo = (id: number): string[] => {
    const path: string[] = [];
    for (let at = id; at > 0; at = parents[at] ?? 0) path.unshift(labels[at] ?? '');
    return path;
  };

  function visit(world: World, parent: number, label: string): number {
    const key = model.keyOf(world);
    const known = ids.get(key);
    if (known !== undefined) return known;
    const id = ids.size;
    ids.set(key, id);
    parents.push(parent);
    labels.push(label);
    next.push({ id, world });
    if (model.isEnd(world)) ends.push(id);
    const property = model.violated(world);
    if (property !== null && found === null) found = { property, path: pathTo(id) };
    return id;
  }

  function expand(id: number, world: World): void {
    try {
      for (const edge of model.edges(world)) {
        edges += 1;
        const to = visit(edge.world, id, edge.label);
        if (!edge.isFault) healthy.add(id, to);
      }
    } catch (error) {
      if (!(error instanceof Defect)) throw error;
      found ??= { property: 'no defect is thrown', path: [...pathTo(id), error.message] };
    }
  }

  visit(model.start, 0, 'start');
  while (next.length > 0 && found === null) {
    const frontier = next;
    next = [];
    depth += 1;
    for (const { id, world } of frontier) if (found === null) expand(id, world);
  }
  if (found === null) {
    const stuck = firstStuck(ids.size, ends, healthy.all());
    if (stuck !== null) found = { property: STUCK, path: pathTo(stuck) };
  }
  return { states: ids.size, edges, depth, seconds: Math.round(performance.now() - started) / 1000, found };
}
