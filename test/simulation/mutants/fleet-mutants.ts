import { Follower } from '../../../libs/cache/src/core/following/follower.js';
import type { Publisher } from '../../../libs/cache/src/core/publishing/publisher.js';
import { FleetCoherence } from '../../../libs/cache/src/fleet-coherence.js';
import { RedisBackplane } from '../../../libs/cache/src/redis-backplane.js';
import { openMessage } from '../world/seals.js';
import { nothing, replaceMethod } from './replace-method.js';
import type { Mutant } from './mutant.js';

/** The fast path: C3, C6 and C8. */
export const fleetMutants: readonly Mutant[] = [
  {
    name: 'own commits are skipped like own messages',
    install: () => [replaceMethod(Follower, 'committed', nothing)],
  },
  {
    name: 'a message of an unknown version is ignored',
    install: () => [replaceMethod(Follower, 'lost', nothing)],
    faults: ['unknown version'],
  },
  {
    name: 'what was received is published again',
    install: () => [
      replaceMethod(FleetCoherence, 'received', (fleet, original) => (text) => {
        original(text);
        const message = openMessage(text as string);
        const own = (fleet.publisher as { readonly origin: string }).origin;
        if (message === undefined || message.origin === own) return;
        for (const each of message.invalidations) (fleet.publisher as Publisher).publish(each);
      }),
    ],
  },
  {
    name: 'nobody listens for the heartbeat',
    install: () => [replaceMethod(RedisBackplane, 'beat', nothing)],
    faults: ['silent partition'],
  },
];
