import type { INestApplication, Provider } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import { HttpConfig, PushConfig } from '#libs/config';
import { InstallationReader } from '#libs/database';
import { systemClock } from '#libs/kernel';
import { HealthRegistry, Logger, Metrics } from '#libs/observability';
import { RedisConnections, RedisNames } from '#libs/redis';
import { ClientNetworks } from './sockets/client-networks.js';
import type { PushAdapter } from './sockets/guarded-delivery.js';
import { NotificationPublisher } from './notifications/notification.publisher.js';
import { PushIoAdapter } from './sockets/push-io.adapter.js';
import { PushServer } from './sockets/push-server.js';
import { PushTransport } from './sockets/push-transport.js';
import { pushMetrics } from './push.metrics.js';
import { SealedLink } from './sockets/sealed-link.js';
import { SocketAdmission } from './sockets/socket-admission.js';
import { SocketSessions, type SocketLimits } from './sockets/socket-sessions.js';
import { TouchPublisher } from './notifications/touch.publisher.js';

/** What push is made of in either role: the link between replicas, and the sockets of this one. */
export function pushParts(limits: SocketLimits): Provider[] {
  return [
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
        new SocketSessions(metrics, logger, systemClock, limits),
    },
    ClientNetworks,
    SocketAdmission,
    NotificationPublisher,
    TouchPublisher,
  ];
}

/** Shows in metrics and health whether the replicas hear one another. */
export function watchLink(
  transport: PushTransport,
  metrics: Metrics,
  health: HealthRegistry,
): void {
  metrics.register(pushMetrics, { linked: (gauge) => gauge.set(transport.isLinked ? 1 : 0) });
  health.watch('push', () =>
    transport.isLinked
      ? { isDegraded: false }
      : { isDegraded: true, reason: 'events reach only clients of the replica that sends them' },
  );
}

/** Puts Socket.IO on the port of an application that is not initialised yet. */
export function usePush(
  app: INestApplication,
  guarded: (adapter: PushAdapter) => PushAdapter,
  mayConnect: (address: string) => boolean = () => true,
): void {
  const networks = app.get(ClientNetworks);
  const options = {
    transport: app.get(PushTransport),
    guarded,
    mayConnect: (request: IncomingMessage) => mayConnect(networks.addressOf(request)),
    http: app.get(HttpConfig),
    health: app.get(HealthRegistry),
  };
  app.useWebSocketAdapter(new PushIoAdapter(app, options));
}
