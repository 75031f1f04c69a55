import { Global, Module, type INestApplication, type OnModuleInit } from '@nestjs/common';
import { HttpConfig, PushConfig } from '#libs/config';
import { InstallationReader } from '#libs/database';
import { systemClock } from '#libs/kernel';
import { HealthRegistry, Logger, Metrics } from '#libs/observability';
import { RedisConnections, RedisNames } from '#libs/redis';
import { NotificationInbox } from './notification-inbox.js';
import { NotificationPublisher } from './notification.publisher.js';
import { PushIoAdapter } from './push-io.adapter.js';
import { PushServer } from './push-server.js';
import { PushTransport } from './push-transport.js';
import { PushGateway } from './push.gateway.js';
import { pushMetrics } from './push.metrics.js';
import { SealedLink } from './sealed-link.js';
import { SocketAdmission } from './socket-admission.js';
import { SocketSessions } from './socket-sessions.js';

/**
 * Push over Socket.IO and the notifications behind it. Needs a global provider of
 * `PUSH_AUTHENTICATOR`, and {@link attachPush} on the application before it is initialised.
 */
@Global()
@Module({
  providers: [
    {
      provide: SealedLink,
      inject: [InstallationReader, Metrics],
      useFactory: async (installation: InstallationReader, metrics: Metrics) => {
        const { ignored } = metrics.register(pushMetrics);
        const { announcementKey: key } = await installation.get();
        return new SealedLink({ key, onIgnored: (reason) => ignored.inc({ reason }) });
      },
    },
    {
      provide: PushTransport,
      inject: [RedisConnections, RedisNames, PushConfig, SealedLink],
      useFactory: (
        connections: RedisConnections,
        names: RedisNames,
        config: PushConfig,
        link: SealedLink,
      ) => new PushTransport(connections, names, config, link),
    },
    PushServer,
    {
      provide: SocketSessions,
      inject: [Metrics, Logger],
      useFactory: (metrics: Metrics, logger: Logger) =>
        new SocketSessions(metrics, logger, systemClock),
    },
    SocketAdmission,
    PushGateway,
    NotificationPublisher,
    NotificationInbox,
  ],
  exports: [PushServer, NotificationInbox],
})
export class PushModule implements OnModuleInit {
  constructor(
    private readonly transport: PushTransport,
    private readonly server: PushServer,
    private readonly metrics: Metrics,
    private readonly health: HealthRegistry,
  ) {}

  onModuleInit(): void {
    this.transport.onRestored(() => this.server.emitHere('resync', { reason: 'link-restored' }));
    this.metrics.register(pushMetrics, {
      linked: (gauge) => gauge.set(this.transport.isLinked ? 1 : 0),
    });
    this.health.watch('push', () =>
      this.transport.isLinked
        ? { isDegraded: false }
        : { isDegraded: true, reason: 'events reach only clients of the replica that sends them' },
    );
  }
}

/** Puts Socket.IO on the port of the application. Call it before the application is initialised. */
export function attachPush(app: INestApplication): void {
  const options = {
    transport: app.get(PushTransport),
    guard: app.get(SocketSessions).deliver.bind(app.get(SocketSessions)),
    http: app.get(HttpConfig),
    health: app.get(HealthRegistry),
  };
  app.useWebSocketAdapter(new PushIoAdapter(app, options));
}
