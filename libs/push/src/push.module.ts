import { Global, Module, type INestApplication, type OnModuleInit } from '@nestjs/common';
import { HealthRegistry, Metrics, Tracing } from '#libs/observability';
import { withGuardedDelivery } from './sockets/guarded-delivery.js';
import { NotificationInbox } from './notifications/notification-inbox.js';
import { pushParts, usePush, watchLink } from './push-parts.js';
import { PushServer } from './sockets/push-server.js';
import { PushTransport } from './sockets/push-transport.js';
import { PushGateway } from './sockets/push.gateway.js';
import { SocketSessions, STAFF_LIMITS } from './sockets/socket-sessions.js';

/**
 * Push over Socket.IO and the notifications behind it. Needs a global provider of
 * `PUSH_AUTHENTICATOR`, and {@link attachPush} on the application before it is initialised.
 */
@Global()
@Module({
  providers: [...pushParts(STAFF_LIMITS), PushGateway, NotificationInbox],
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
    watchLink(this.transport, this.metrics, this.health);
  }
}

/** Puts Socket.IO on the port of the application. Call it before the application is initialised. */
export function attachPush(app: INestApplication): void {
  const sessions = app.get(SocketSessions);
  const guard = sessions.deliver.bind(sessions);
  const tracing = app.get(Tracing);
  usePush(app, (adapter) => withGuardedDelivery(adapter, guard, tracing));
}
