import type { ConnectionPurpose } from './connection-options.js';
import type { RedisNames } from './redis-names.js';

/** A name with the slot of a cluster in which everything is that the connection is for. */
export function redisHome(purpose: ConnectionPurpose, names: RedisNames): string {
  switch (purpose) {
    case 'backplane-publisher':
    case 'backplane-subscriber':
      return names.invalidationChannel;
    case 'push-publisher':
    case 'push-subscriber':
      return names.pushKey;
    case 'jobs-producer':
    case 'jobs-worker':
      return names.queuePrefix;
    case 'commands':
      return names.limitLevel('');
    default:
      return names.sharedEntry('', '', Number(purpose.slice('shared-'.length)));
  }
}
