export {
  describeOnEachDatabase,
  type DatabaseFixture,
  type OpenDatabaseFixture,
} from './database-url.js';
export { eventually, type EventuallyOptions } from './eventually.js';
export { gate, type Gate } from './gate.js';
export { ManualClock } from './manual-clock.js';
export { startRedis, type RedisFixture, type RedisFixtureOptions } from './redis-fixture.js';
export { temporarySqlite, type SqliteFixture } from './sqlite-fixture.js';
