export type { Redis } from 'ioredis';
export { REDIS_PURPOSES, type RedisPurpose } from './connection-options.js';
export type { ConnectionState } from './connection-watch.js';
export { RedisConnections, type RedisConnectionsOptions } from './redis-connections.js';
export { RedisNames } from './redis-names.js';
export { isRedisRefusal } from './redis-refusal.js';
export { RedisScript, type RedisScriptOptions } from './redis-script.js';
export { RedisModule } from './redis.module.js';
