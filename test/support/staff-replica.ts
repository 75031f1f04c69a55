import { Module, type Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { AddressInfo } from 'node:net';
import { CacheModule } from '#libs/cache';
import { loadConfig, type Environment } from '#libs/config';
import { FleetModule } from '#libs/fleet';
import { DatabaseModule, UnitOfWork } from '#libs/database';
import { CoherentHttpModule, createReplicaApp, HttpModule, type Problem } from '#libs/http';
import { ensureFirstAdministrator, IdentityModule } from '#authoring/identity';
import { permissions } from '../../apps/authoring/src/composition.js';
import { ObservabilityModule } from '#libs/observability';
import { RedisModule } from '#libs/redis';
import { PATIENT_READS } from '#libs/testing';

/** Far above what a busy machine takes: it ends a request that hangs. */
const GIVE_UP_MS = 120_000;
/** What the tests sign in with; made when a replica finds no staff user. */
const ADMINISTRATOR = { email: 'admin@example.com', password: 'correct horse battery' };

export interface StaffReplicaOptions {
  readonly name: string;
  readonly redisUrl: string;
  readonly databaseUrl: string;
  /** What this replica is made of besides the platform and identity. */
  readonly modules: readonly Type<unknown>[];
  readonly configure?: (app: NestFastifyApplication) => void;
  readonly env?: Environment;
}

export interface Answer<Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

export interface CallOptions {
  readonly token?: string | undefined;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface StaffReplica {
  readonly app: NestFastifyApplication;
  readonly url: string;
  call<Body = Problem>(method: string, path: string, options?: CallOptions): Promise<Answer<Body>>;
  /** Signs in and resolves with the token. */
  signIn(email?: string, password?: string): Promise<string>;
  stop(): Promise<void>;
}

/** An authoring replica inside the test process, listening on a port of its own. */
export async function startStaffReplica(options: StaffReplicaOptions): Promise<StaffReplica> {
  @Module({
    imports: [
      ObservabilityModule,
      RedisModule,
      DatabaseModule.forRoot({ isMigrating: true }),
      CacheModule,
      FleetModule,
      HttpModule,
      CoherentHttpModule,
      IdentityModule.forRoot({ permissions }),
      ...options.modules,
    ],
  })
  class StaffReplicaModule {}

  const config = loadConfig(
    {
      REDIS_URL: options.redisUrl,
      DATABASE_URL: options.databaseUrl,
      REPLICA_ID: options.name,
      PORT: '0',
      LOG_LEVEL: 'silent',
      ...PATIENT_READS,
      SHUTDOWN_TIMEOUT_MS: '5000',
      ...options.env,
    },
    'authoring',
  );
  const app = await createReplicaApp(config, {
    module: StaffReplicaModule,
    ...(options.configure === undefined ? {} : { configure: options.configure }),
  });
  await ensureFirstAdministrator(app.get(UnitOfWork), ADMINISTRATOR);
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.getHttpServer().address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const call = caller(url);
  return {
    app,
    url,
    call,
    signIn: async (email = ADMINISTRATOR.email, password = ADMINISTRATOR.password) => {
      const { body } = await call<{ token: string }>('POST', '/sessions', {
        body: { email, password },
      });
      return body.token;
    },
    stop: () => app.close(),
  };
}

function caller(url: string): StaffReplica['call'] {
  return async (method, path, { token, body, headers } = {}) => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(GIVE_UP_MS),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: (text === '' ? undefined : JSON.parse(text)) as never,
    };
  };
}
