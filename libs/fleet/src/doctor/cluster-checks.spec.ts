import { describe, expect, it } from '@jest/globals';
import type { NodeReport } from '#libs/redis';
import { clusterFindings } from './cluster-checks.js';

const FINE = 'maxmemory_policy:noeviction\r\nevicted_keys:0\r\nused_memory:1\r\nmaxmemory:100\r\n';

function nodeOf(port: number, options: { isMaster?: boolean; info?: string | undefined } = {}) {
  const { isMaster = port % 2 === 0 } = options;
  const report: NodeReport = {
    address: `n:${port}`,
    node: { host: 'n', port, slots: isMaster ? 100 : 0, replicas: isMaster ? 1 : 0 },
    info: 'info' in options ? options.info : FINE,
  };
  return report;
}

const found = (nodes: readonly NodeReport[], missingSlots = 0) =>
  clusterFindings({ nodes, missingSlots }).map(({ check, status, found: text }) => [
    check,
    status,
    text,
  ]);

describe('what the doctor says of a Redis Cluster', () => {
  it('is a line for each check while all is well', () => {
    expect(found([0, 1, 2, 3].map((port) => nodeOf(port)))).toEqual([
      ['redis cluster', 'ok', '2 masters, 2 replicas'],
      ['redis policy', 'ok', 'noeviction (each of 4 nodes)'],
      ['redis eviction', 'ok', 'nothing was evicted (each of 4 nodes)'],
      ['redis memory', 'ok', '1 % of maxmemory (each of 4 nodes)'],
    ]);
  });

  it('names the nodes that evict, and those alone', () => {
    const evicting = nodeOf(2, { info: FINE.replace('evicted_keys:0', 'evicted_keys:7') });
    expect(found([nodeOf(0), evicting])).toContainEqual([
      'redis eviction',
      'failed',
      'n:2: 7 keys were evicted',
    ]);
    expect(found([nodeOf(0), evicting]).map(([, , text]) => text)).not.toContainEqual(
      expect.stringContaining('n:0'),
    );
  });

  it('fails for slots that nobody has, and for a node that does not answer', () => {
    expect(found([nodeOf(0)], 5)[0]).toEqual(['redis cluster', 'failed', '5 slots have no node']);
    expect(found([nodeOf(0), nodeOf(1, { info: undefined })])).toContainEqual([
      'redis node',
      'failed',
      'n:1 does not answer',
    ]);
  });

  it('warns of a master that nobody could stand in for', () => {
    const alone = nodeOf(2);
    const report = { ...alone, node: { ...alone.node, replicas: 0 } };
    expect(found([nodeOf(0), report])[0]).toEqual([
      'redis cluster',
      'warning',
      '2 masters, 0 replicas; without a replica: n:2',
    ]);
  });

  it('names all that is said where it differs', () => {
    const fuller = nodeOf(2, { info: FINE.replace('used_memory:1', 'used_memory:50') });
    expect(found([nodeOf(0), fuller])).toContainEqual([
      'redis memory',
      'ok',
      '1 % of maxmemory, 50 % of maxmemory (each of 2 nodes)',
    ]);
  });
});
