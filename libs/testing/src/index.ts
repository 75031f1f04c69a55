export { CertificateAuthority, opensslProblem } from './certificate-authority.js';
export { CardProviderStandIn, type StandInEvent } from './card-provider/card-provider-stand-in.js';
export { testCards } from './card-provider/stand-in-account.js';
export { ChaosSharedStore, type ChaosOptions } from './chaos-shared-store.js';
export {
  describeOnEachDatabase,
  type DatabaseFixture,
  type EachDatabaseOptions,
  type OpenDatabaseFixture,
} from './describe-on-each-database.js';
export { clusterProblem, startRedisCluster, type ClusterFixture } from './cluster-fixture.js';
export { eventually, type EventuallyOptions } from './eventually.js';
export { startFleet, type RunningFleet, type StartFleetOptions } from './fleet-harness.js';
export { gate, type Gate } from './gate.js';
export { InMemorySharedStore } from './in-memory-shared-store.js';
export { ManualClock } from './manual-clock.js';
export { ManualScheduler, settled } from './manual-scheduler.js';
export { openDatabase, PATIENT_READS, TEST_READS, type OpenDatabase } from './open-database.js';
export { inOwnTime } from './own-time.js';
export { dropPackets, packetDropProblem, type PacketDrop } from './packet-drop.js';
export { startRedis, type RedisFixture, type RedisFixtureOptions } from './redis-fixture.js';
export {
  basicEnvironment,
  runTool,
  startReplica,
  type ProcessEnd,
  type Role,
  type RunningReplica,
  type StartReplicaOptions,
} from './replica-harness.js';
export { startSentinelGroup, type SentinelFixture } from './sentinel-fixture.js';
export { SqliteFaults, type SqliteFault } from './sqlite-faults.js';
export { temporarySqlite, type SqliteFixture } from './sqlite-fixture.js';
export { StatementLog } from './statement-log.js';
export { TcpProxy, type Direction, type TcpProxyOptions } from './tcp-proxy.js';

export { TdsStandIn, type TdsStandInOptions } from './tds-stand-in.js';
export { TraceCollector, type CollectedSpan } from './trace-collector.js';
