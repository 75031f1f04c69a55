const names = 'libs/redis/src/redis-names.ts';
const namesSpec = 'libs/redis/src/redis-names.spec.ts';
const map = 'libs/redis/src/cluster/cluster-map.ts';
const mapSpec = 'libs/redis/src/cluster/cluster-map.spec.ts';
const connector = 'libs/redis/src/cluster/home-connector.ts';
const connectorSpec = 'libs/redis/src/cluster/home-connector.spec.ts';
const real = 'libs/redis/src/cluster/redis-cluster.int-spec.ts';
const parts = 'test/redis-cluster/parts-on-a-cluster.int-spec.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'redis cluster: names of one server are those of a cluster',
    promise: 'RedisNames: names of a cluster say what is together; others stay',
    file: names,
    replace: [
      [
        'return isCluster ? tagInPart(name, part, parts) : name;',
        'return tagInPart(name, part, parts);',
      ],
    ],
    suites: [namesSpec],
    isQuick: true,
  },
  {
    name: 'redis cluster: what replicas ask one another is in another slot than announcements',
    promise: 'RedisNames: in a cluster what is used together has one slot',
    file: names,
    replace: [['`${this.invalidationChannel}:replica`', '`{${channelPrefix}:replica}`']],
    suites: [namesSpec],
    isQuick: true,
  },
  {
    name: 'redis cluster: all parts of the cache are at one master',
    promise: 'tagInPart: a slot in the part with this number',
    file: 'libs/redis/src/cluster/hash-slot.ts',
    replace: [['=== part) return', '>= 0) return']],
    suites: ['libs/redis/src/cluster/hash-slot.spec.ts'],
    isQuick: true,
  },
  {
    name: 'redis cluster: every connection asks for itself who has what',
    promise: 'ClusterMap: one question for all',
    file: map,
    replace: [['this.underWay ??= ', 'this.underWay = ']],
    suites: [mapSpec],
    isQuick: true,
  },
  {
    name: 'redis cluster: what was known is forgotten when nobody answers',
    promise: 'ClusterMap.view: what was learned last, however long ago',
    file: map,
    replace: [
      [
        'this.problem = describe(error);',
        'this.problem = describe(error); this.current = undefined;',
      ],
    ],
    suites: [mapSpec],
    isQuick: true,
  },
  {
    name: 'redis cluster: nodes are connected to again after everything was closed',
    promise: 'NodeClients.ask: after close it fails at once',
    file: 'libs/redis/src/cluster/node-clients.ts',
    replace: [['    this.isClosed = true;\n', '']],
    suites: ['libs/redis/src/cluster/node-clients.int-spec.ts'],
  },
  {
    name: 'redis cluster: a storm of refusals is one of questions',
    promise: 'ClusterMap.refreshSoon: any number of calls make one question',
    file: map,
    replace: [['if (this.hint !== undefined) return;', '']],
    suites: [mapSpec],
    isQuick: true,
  },
  {
    name: 'redis cluster: a node is believed that is cut off from the others',
    promise: 'RedisCluster: a node that does not say cluster_state:ok is not believed',
    file: 'libs/redis/src/cluster/redis-cluster.ts',
    replace: [["!state.includes('cluster_state:ok')", "state === ''"]],
    suites: [real],
  },
  {
    name: 'redis cluster: a search without a result ends the client',
    promise: 'HomeConnector: never rejects, ioredis would not connect again',
    file: connector,
    replace: [
      [
        'if (!this.connecting || owner === undefined) return new Socket().destroy();',
        'if (!this.connecting || owner === undefined) throw new Error();',
      ],
    ],
    suites: [connectorSpec],
    isQuick: true,
  },
  {
    name: 'redis cluster: a master that was demoted will do',
    promise: 'HomeConnector: a node that has become a replica refuses what is written',
    file: connector,
    replace: [["info.role === 'master'", "info.role !== ''"]],
    suites: [connectorSpec],
    isQuick: true,
  },
  {
    name: 'redis cluster: connections stay when their slot goes',
    promise: 'homeConnector: ends the connection when another node has the slot',
    file: connector,
    replace: [
      [
        'addressOf(present) !== address) stream.destroy();',
        "addressOf(present) === '') stream.destroy();",
      ],
    ],
    suites: [real],
  },
  {
    name: 'redis cluster: announcements go to every node',
    promise: 'ShardedPublisher: messages stay with the shard of their channel',
    file: 'libs/redis/src/cluster/sharded-channels.ts',
    replace: [['this.client.spublish(', 'this.client.publish(']],
    suites: [real],
  },
  {
    name: 'redis cluster: every key is asked at the first part of the cache',
    promise: 'PartitionedSharedStore: the part of an address',
    file: 'libs/cache/src/shared/partitioned-shared-store.ts',
    replace: [['% this.parts.length]', '% 1]']],
    suites: [parts],
  },
  {
    name: 'redis cluster: its users may not ask who has what',
    promise: 'redisAcl: of a cluster',
    file: 'libs/redis/src/redis-acl.ts',
    replace: [['options.isCluster === true ? [CLUSTER] : []', '[]']],
    suites: ['libs/redis/src/redis-acl.spec.ts'],
    isQuick: true,
  },
  {
    name: 'redis cluster: the doctor overlooks a node that does not answer',
    promise: 'clusterFindings: of every node',
    file: 'libs/fleet/src/doctor/cluster-checks.ts',
    replace: [['...silentFindings(nodes), ', '']],
    suites: ['libs/fleet/src/doctor/cluster-checks.spec.ts'],
    isQuick: true,
  },
  {
    name: 'redis cluster: a database that it does not have is taken',
    promise: 'parseRedisUrl: a cluster has one database',
    file: 'libs/config/src/urls/redis-url.ts',
    replace: [
      [
        "if (parts.path.length > 0) problems.push('names a database",
        "if (parts.path.length > 9) problems.push('names a database",
      ],
    ],
    suites: ['libs/config/src/urls/connection-urls.spec.ts'],
    isQuick: true,
  },
];
