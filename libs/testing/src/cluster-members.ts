import { withDeadline } from '#libs/kernel';
import { eventually } from './eventually.js';
import type { RedisFixture } from './redis-fixture.js';

const SLOTS = 16_384;
/** More than a busy machine takes for a process and an answer. */
const ANSWER_MS = 3_000;
export const PATIENT = { withinMs: 60_000, everyMs: 100 };

export interface Member {
  readonly id: string;
  readonly port: number;
  readonly flags: readonly string[];
  /** Of the master that it copies; `-` for a master. */
  readonly masterId: string;
  /** First and last of each range. */
  readonly ranges: readonly (readonly [number, number])[];
}

/** What one node knows of all (CLUSTER NODES). */
export async function membersAt(node: RedisFixture): Promise<readonly Member[]> {
  const text = await node.cli('CLUSTER', 'NODES');
  return text.split('\n').flatMap((line) => {
    const [id, address, flags, masterId, , , , , ...ranges] = line.trim().split(' ');
    if (id === undefined || address === undefined || flags === undefined) return [];
    return [
      {
        id,
        port: Number(/:(\d+)@/.exec(address)?.[1]),
        flags: flags.split(','),
        masterId: masterId ?? '-',
        // A slot that is on its way stands in brackets.
        ranges: ranges
          .filter((range) => !range.startsWith('['))
          .map((range) => {
            const [first, last = first] = range.split('-');
            return [Number(first), Number(last)] as const;
          }),
      },
    ];
  });
}

export function hasSlot({ ranges, flags }: Member, slot: number): boolean {
  const isMaster = flags.includes('master') && !flags.includes('fail');
  return isMaster && ranges.some(([first, last]) => first <= slot && slot <= last);
}

/** Of the nodes that are alive: one that is frozen is not waited for. */
export async function answers<T>(
  nodes: readonly RedisFixture[],
  question: (node: RedisFixture) => Promise<T>,
): Promise<readonly T[]> {
  const asked = nodes.map((node) => withDeadline(question(node), ANSWER_MS, 'a node'));
  const settled = await Promise.allSettled(asked);
  return settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
}

export function anyAnswer<T>(
  nodes: readonly RedisFixture[],
  question: (node: RedisFixture) => Promise<T>,
): Promise<T> {
  return Promise.any(nodes.map(question));
}

export async function isInOrder(node: RedisFixture): Promise<boolean> {
  return (await node.cli('CLUSTER', 'INFO')).includes('cluster_state:ok');
}

/** Makes a cluster of nodes that know nothing yet: the first `masters` of them share the slots, each has one replica. */
export async function joinNodes(
  nodes: readonly RedisFixture[],
  busPorts: readonly number[],
  masters: number,
): Promise<void> {
  const [first] = nodes;
  if (first === undefined) return;
  for (const [index, node] of nodes.entries()) {
    await node.cli('CLUSTER', 'SET-CONFIG-EPOCH', String(index + 1));
    if (index < masters) {
      const from = Math.ceil((index * SLOTS) / masters);
      const to = Math.ceil(((index + 1) * SLOTS) / masters) - 1;
      await node.cli('CLUSTER', 'ADDSLOTSRANGE', String(from), String(to));
    }
    if (node === first) continue;
    await first.cli('CLUSTER', 'MEET', '127.0.0.1', String(node.port), String(busPorts[index]));
  }
  await eventually(
    'every node knows the others',
    () =>
      Promise.all(nodes.map(membersAt)).then((all) =>
        all.every(
          (known) =>
            known.length === nodes.length &&
            known.every(({ flags }) => !flags.includes('handshake')),
        ),
      ),
    PATIENT,
  );
  for (const [index, node] of nodes.slice(masters).entries()) {
    const master = nodes[index % masters] ?? first;
    await node.cli('CLUSTER', 'REPLICATE', await master.cli('CLUSTER', 'MYID'));
  }
}
