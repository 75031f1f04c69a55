import { z } from 'zod';
import type { RedisEndpoint } from '#libs/config';
import { SLOTS } from './hash-slot.js';

/** A node and what it is for. */
export interface ClusterNode extends RedisEndpoint {
  /** Slots it is the master of; 0 for a replica. */
  readonly slots: number;
  /** Nodes that copy it. */
  readonly replicas: number;
}

const node = z.tuple([z.string().nullable(), z.int()]).rest(z.unknown());
const reply = z.array(z.tuple([z.int(), z.int(), node]).rest(node));

interface Range {
  readonly first: number;
  readonly last: number;
  readonly nodes: readonly RedisEndpoint[];
}

/** Who has which slot, as one node of a Redis Cluster says it is. */
export class ClusterView {
  private constructor(private readonly ranges: readonly Range[]) {}

  /**
   * Reads the answer to CLUSTER SLOTS. A node that does not know its own address leaves it out: it is the one that
   * was asked. Throws for anything else.
   */
  static of(slots: unknown, asked: RedisEndpoint): ClusterView {
    const ranges = reply.parse(slots).map(([first, last, ...nodes]) => ({
      first,
      last,
      nodes: nodes.map(([host, port]) => ({ host: host || asked.host, port })),
    }));
    return new ClusterView(ranges);
  }

  /** undefined: nobody has it. */
  ownerOf(slot: number): RedisEndpoint | undefined {
    return this.ranges.find(({ first, last }) => first <= slot && slot <= last)?.nodes[0];
  }

  /** Every node that has a slot, or copies one that has. */
  nodes(): readonly ClusterNode[] {
    const nodes = new Map<string, ClusterNode>();
    for (const {
      first,
      last,
      nodes: [master, ...replicas],
    } of this.ranges) {
      if (master === undefined) continue;
      const slots = (nodes.get(addressOf(master))?.slots ?? 0) + last - first + 1;
      nodes.set(addressOf(master), { ...master, slots, replicas: replicas.length });
      for (const replica of replicas) {
        nodes.set(addressOf(replica), { ...replica, slots: 0, replicas: 0 });
      }
    }
    return [...nodes.values()];
  }

  /** Slots that nobody has: what belongs there is refused. */
  get missingSlots(): number {
    return SLOTS - this.ranges.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  }
}

export function addressOf({ host, port }: RedisEndpoint): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
