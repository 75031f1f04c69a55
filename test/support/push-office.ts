import { UnitOfWork, type Audience } from '#libs/database';
import { attachPush, PushModule } from '#libs/push';
import { PushAuthoringModule } from '#authoring/push';
import {
  eventually,
  startRedis,
  type DatabaseFixture,
  type OpenDatabaseFixture,
  type RedisFixture,
} from '#libs/testing';
import { IdentityApiModule } from '../../apps/authoring/src/identity/identity-api.module.js';
import { NotificationsApiModule } from '../../apps/authoring/src/notifications/notifications-api.module.js';
import { PushClient } from './push-client.js';
import { startStaffReplica, type StaffReplica } from './staff-replica.js';

const modules = [PushModule, PushAuthoringModule, IdentityApiModule, NotificationsApiModule];

/** The types of the notifications that a client was sent, oldest first. */
export const typesOf = (client: PushClient): string[] =>
  client.bodiesOf('notification').map(({ type }) => type);

/** Two authoring replicas that push to staff, and the clients that are connected to them. */
export class PushOffice {
  private readonly clients: PushClient[] = [];
  private replicas: readonly StaffReplica[] = [];
  /** Of a session of the first administrator. */
  admin = '';
  adminId = '';

  private constructor(
    readonly redis: RedisFixture,
    private readonly database: DatabaseFixture,
    private readonly adapter: string,
  ) {}

  static async open(open: OpenDatabaseFixture, adapter: string): Promise<PushOffice> {
    const [redis, database] = await Promise.all([startRedis(), open()]);
    const office = new PushOffice(redis, database, adapter);
    office.replicas = [await office.start('a'), await office.start('b')];
    await office.signIn();
    return office;
  }

  get a(): StaffReplica {
    return this.replicas[0]!;
  }

  get b(): StaffReplica {
    return this.replicas[1]!;
  }

  /** One more replica, which whoever started it stops. */
  start(name: string): Promise<StaffReplica> {
    return startStaffReplica({
      name,
      redisUrl: this.redis.url,
      databaseUrl: this.database.url,
      modules,
      configure: attachPush,
      // The bounds must not depend on how often the log is followed by itself.
      env: {
        PUSH_ADAPTER: this.adapter,
        CACHE_FOLLOW_INTERVAL_MS: '50000',
        CACHE_LEASE_MS: '60000',
        CACHE_VERIFY_PER_SECOND: '0',
      },
    });
  }

  async connect(
    replica: StaffReplica,
    token: string,
    options: Parameters<typeof PushClient.connect>[2] = {},
  ): Promise<PushClient> {
    const client = await PushClient.connect(replica.url, { token }, options);
    this.clients.push(client);
    return client;
  }

  /** The code of why a connection is refused, or `connected`. */
  refused(
    replica: StaffReplica,
    auth: Record<string, unknown>,
    query: object = {},
  ): Promise<string> {
    return PushClient.connect(replica.url, auth, { query }).then(
      () => 'connected',
      (error: { data?: { code?: string }; message: string }) => error.data?.code ?? error.message,
    );
  }

  disconnectAll(): void {
    for (const client of this.clients.splice(0)) client.close();
  }

  /** Notifies in a unit of work of the replica. */
  static notify(replica: StaffReplica, audience: Audience, type: string): Promise<void> {
    return replica.app
      .get(UnitOfWork)
      .run(async (tx) => tx.notify(audience, { type, payload: { of: type } }));
  }

  async close(): Promise<void> {
    await Promise.all(this.replicas.map((replica) => replica.stop()));
    await this.redis.stop();
    await this.database.remove();
  }

  /** Until events cross: a link that was just made may not carry the first one. */
  private async signIn(): Promise<void> {
    this.admin = await this.a.signIn();
    const { body } = await this.a.call<{ user: { id: string } }>('GET', '/sessions/current', {
      token: this.admin,
    });
    this.adminId = body.user.id;
    const probe = await this.connect(this.b, this.admin);
    await eventually('an event crosses', async () => {
      await PushOffice.notify(this.a, `user:${this.adminId}`, 'probe');
      return typesOf(probe).length > 0;
    });
    probe.close();
  }
}
