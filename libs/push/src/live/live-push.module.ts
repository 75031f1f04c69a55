import {
  Module,
  type INestApplication,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { CoherentCache, systemScheduler } from '#libs/cache';
import { systemClock } from '#libs/kernel';
import { HealthRegistry, Logger, Metrics, Tracing } from '#libs/observability';
import type { PushAdapter } from '../sockets/guarded-delivery.js';
import { pushParts, usePush, watchLink } from '../push-parts.js';
import { PushTransport } from '../sockets/push-transport.js';
import { SocketSessions, type SocketLimits } from '../sockets/socket-sessions.js';
import { LiveWatches } from './live-watches.js';
import { LiveGateway } from './live.gateway.js';
import { withTouches } from './touched-adapter.js';

/** A household or an office of shoppers, each with a few pages; turning over pages says what is watched anew. */
const SHOPPER_LIMITS: SocketLimits = {
  maxPerNetwork: 200,
  maxEvents: 30,
  maxEventsPerMinute: 20,
};

/**
 * Push for shoppers. Needs global providers of `PUSH_AUTHENTICATOR` and `LIVE_WISHES`, and
 * {@link attachLivePush} on the application before it is initialised.
 */
@Module({
  providers: [
    ...pushParts(SHOPPER_LIMITS),
    {
      provide: LiveWatches,
      inject: [SocketSessions, PushTransport, Logger, Metrics],
      useFactory: (
        sessions: SocketSessions,
        transport: PushTransport,
        logger: Logger,
        metrics: Metrics,
      ) =>
        new LiveWatches({
          sessions,
          transport,
          logger,
          metrics,
          clock: systemClock,
          scheduler: systemScheduler,
        }),
    },
    LiveGateway,
  ],
})
export class LivePushModule implements OnModuleInit, OnApplicationShutdown {
  constructor(
    private readonly transport: PushTransport,
    private readonly watches: LiveWatches,
    private readonly cache: CoherentCache,
    private readonly metrics: Metrics,
    private readonly health: HealthRegistry,
  ) {}

  onModuleInit(): void {
    watchLink(this.transport, this.metrics, this.health);
    this.transport.onRestored(() => this.watches.touchAll());
    this.cache.listen({
      applied: (tags) => {
        for (const tag of tags) this.watches.touch(tag);
        return [];
      },
      cleared: () => this.watches.touchAll(),
    });
  }

  onApplicationShutdown(): void {
    this.watches.stop();
  }
}

/**
 * Puts Socket.IO on the port of a storefront. Call it before the application is initialised. `mayConnect` is asked
 * for each new connection, before anything is looked up for it.
 */
export function attachLivePush(
  app: INestApplication,
  mayConnect: (address: string) => boolean,
): void {
  const watches = app.get(LiveWatches);
  const tracing = app.get(Tracing);
  const touch: LiveWatches['touch'] = (...touched) => watches.touch(...touched);
  const guarded = (adapter: PushAdapter) => withTouches(adapter, touch, tracing);
  usePush(app, guarded, mayConnect);
}
