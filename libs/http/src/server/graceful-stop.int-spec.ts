import { afterEach, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Agent, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadConfig } from '#libs/config';
import { HealthRegistry, ObservabilityModule } from '#libs/observability';
import { gate, inOwnTime } from '#libs/testing';
import { HttpServer } from './http-server.js';
import { HttpModule } from '../http.module.js';
import { createReplicaApp } from './replica-app.js';
import { Public } from '../routes/access.js';

let entered = gate();
let released = gate();

@Public()
@Controller()
class SlowController {
  @Get('slow')
  async slow(): Promise<object> {
    entered.open();
    await released.opened;
    return { isDone: true };
  }
}

@Module({ imports: [ObservabilityModule, HttpModule], controllers: [SlowController] })
class SlowModule {}

describe('stopping a replica', () => {
  let app: NestFastifyApplication;
  const agent = new Agent({ keepAlive: true });

  async function start(shutdownTimeoutMs: number): Promise<number> {
    entered = gate();
    released = gate();
    const env = {
      REDIS_URL: 'redis://127.0.0.1:1',
      LOG_LEVEL: 'silent',
      SHUTDOWN_TIMEOUT_MS: String(shutdownTimeoutMs),
    };
    app = await createReplicaApp(loadConfig(env, 'commerce'), { module: SlowModule });
    await app.listen({ port: 0, host: '127.0.0.1' });
    app.get(HealthRegistry).markServing();
    return (app.getHttpServer().address() as AddressInfo).port;
  }

  function get(port: number, path: string): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const sent = request({ port, path, host: '127.0.0.1', agent }, (response) => {
        response.resume();
        response.on('end', () => resolve(response));
      });
      sent.on('error', reject);
      sent.end();
    });
  }

  afterEach(() => {
    released.open();
    agent.destroy();
  });

  it('answers what is under way and accepts nothing more', async () => {
    const port = await start(10_000);
    await get(port, '/health/live'); // leaves an idle keep-alive connection behind
    const underWay = get(port, '/api/v1/slow');
    await entered.opened;

    app.get(HttpServer).stopAccepting();
    const closing = app.close();
    expect((await app.inject('/health/ready')).statusCode).toBe(503);
    await expect(get(port, '/health/live')).rejects.toThrow(/ECONNREFUSED|ECONNRESET|hang up/);

    released.open();
    const answer = await underWay;
    expect(answer.statusCode).toBe(200);
    expect(answer.headers.connection).toBe('close');
    await closing;
  });

  it('does not wait longer than its bound for a request that never ends', async () => {
    const port = await start(500);
    const underWay = get(port, '/api/v1/slow');
    underWay.catch(() => undefined);
    await entered.opened;
    const [, waitedMs] = await inOwnTime(() => app.close());
    expect(waitedMs).toBeLessThan(5_000);
  });
});
