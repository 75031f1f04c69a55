import type { ConfigKey } from '../config-key.js';
import { choice } from '../values/value-schemas.js';

export const pushKeys = {
  PUSH_ADAPTER: {
    section: 'push',
    doc: 'How Socket.IO events travel between replicas: pubsub (@socket.io/redis-adapter) or streams (@socket.io/redis-streams-adapter).',
    schema: choice('pubsub', 'streams'),
    default: 'pubsub',
  },
} as const satisfies Record<string, ConfigKey>;
