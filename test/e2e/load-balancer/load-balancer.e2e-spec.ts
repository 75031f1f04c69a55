import { spawn } from 'node:child_process';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { HaproxyProcess, isHaproxyInstalled } from '../../support/haproxy-process.js';
import { ScriptedReplica } from './scripted-replica.js';

const isThere = isHaproxyInstalled();
const describeWithHaproxy = isThere ? describe : describe.skip;
const reason = isThere ? '' : ' (skipped: no haproxy on the PATH; its file is checked as text)';

async function until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const giveUpAt = Date.now() + 120_000;
  while (!(await holds())) {
    if (Date.now() > giveUpAt) throw new Error(`waited in vain until ${what}`);
    await new Promise((resume) => setTimeout(resume, 20));
  }
}

describeWithHaproxy(`load balancer${reason}`, () => {
  let replicas: ScriptedReplica[];
  let haproxy: HaproxyProcess | undefined;

  beforeEach(async () => {
    replicas = ['a', 'b', 'c'].map((name) => new ScriptedReplica(name));
    await Promise.all(replicas.map((replica) => replica.start()));
  });

  afterEach(async () => {
    await haproxy?.stop();
    haproxy = undefined;
    await Promise.all(replicas.map((replica) => replica.stop()));
  });

  const startHaproxy = async (healthChecks: 'as configured' | 'slow', ports?: number[]) => {
    haproxy = await HaproxyProcess.start({
      replicaPorts: ports ?? replicas.map(({ port }) => port),
      healthChecks,
    });
    return haproxy;
  };
  const attempts = () => replicas.flatMap(({ requests }) => requests);

  it('sends a request on to another replica when the first refuses the connection, whatever the method', async () => {
    const balancer = await startHaproxy('slow');
    // One failed check is enough for a replica that was never checked before.
    await until(() => (replicas[0]?.checksAnswered ?? 0) > 0, 'it has been checked once');
    await replicas[0]?.stop();
    for (let index = 0; index < 12; index++) {
      const method = ['GET', 'POST', 'PATCH', 'DELETE'][index % 4] ?? 'GET';
      expect((await fetch(`${balancer.commerceUrl}/x`, { method })).status).toBe(200);
    }
    expect(attempts()).toHaveLength(12);
    // None waited for the replica that is gone, which is what a repetition on the same one does, for a second each.
    const { onTheSame, elsewhere } = await balancer.repeated('commerce');
    expect(elsewhere).toBeGreaterThan(0);
    expect(onTheSame).toBe(0);
  });

  it('gives up on a replica that does not answer connects after 250 ms', async () => {
    // A stopped process with a full accept queue: the kernel drops further SYN packets, like a vanished host.
    const frozen = spawn(process.execPath, [
      '-e',
      `require('net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, function () { console.log(this.address().port) })`,
    ]);
    const fillers: Socket[] = [];
    try {
      const port = await new Promise<number>((known) => {
        createInterface(frozen.stdout).once('line', (line) => known(Number(line)));
      });
      frozen.kill('SIGSTOP');
      for (let index = 0; index < 8; index++) {
        fillers.push(connect({ port, host: '127.0.0.1' }).on('error', () => undefined));
      }
      await until(
        () => fillers.filter(({ readyState }) => readyState === 'open').length >= 2,
        'the accept queue is full',
      );
      const living = replicas.slice(1).map((replica) => replica.port);
      const balancer = await startHaproxy('slow', [port, ...living]);
      const durations: number[] = [];
      for (let index = 0; index < 9; index++) {
        const startedAt = performance.now();
        const response = await fetch(`${balancer.commerceUrl}/x`, {
          method: index % 2 ? 'POST' : 'GET',
        });
        expect(response.status).toBe(200);
        durations.push(performance.now() - startedAt);
      }
      // The bound was waited for, and nothing else was: every attempt that ran into it went to another replica.
      expect(Math.max(...durations)).toBeGreaterThan(240);
      const { onTheSame, elsewhere } = await balancer.repeated('commerce');
      expect(elsewhere).toBeGreaterThan(0);
      expect(onTheSame).toBe(0);
    } finally {
      for (const socket of fillers) socket.destroy();
      frozen.kill('SIGKILL');
    }
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'])(
    'never repeats a %s that was sent to a replica which then died',
    async (method) => {
      const { commerceUrl, authoringUrl } = await startHaproxy('slow');
      for (const replica of replicas) replica.behaviour = 'break';
      for (const url of [commerceUrl, authoringUrl]) {
        const response = await fetch(`${url}/orders`, { method });
        expect(response.status).toBe(502);
        expect(response.headers.get('content-type')).toBe('application/problem+json');
        expect(await response.json()).toMatchObject({ status: 502, code: 'lb.bad-gateway' });
      }
      expect(attempts()).toHaveLength(2);
    },
  );

  it('repeats a GET that was sent to a replica which then died, on another replica', async () => {
    const { commerceUrl } = await startHaproxy('slow');
    const [broken] = replicas;
    if (broken) broken.behaviour = 'break';
    for (let index = 0; index < 9; index++) {
      expect((await fetch(`${commerceUrl}/products`)).status).toBe(200);
    }
    expect(broken?.requests.length).toBeGreaterThan(0);
  });

  it('asks at most three replicas, so that one deadly request cannot walk through a fleet', async () => {
    const { commerceUrl } = await startHaproxy('slow');
    for (const replica of replicas) replica.behaviour = 'break';
    expect((await fetch(`${commerceUrl}/products`)).status).toBe(502);
    expect(attempts()).toHaveLength(3);
  });

  it('sets the sticky cookie on /socket.io/ only, and only for that path', async () => {
    const { commerceUrl, authoringUrl } = await startHaproxy('slow');
    for (const url of [commerceUrl, authoringUrl]) {
      for (const path of ['/', '/api/v1/stores/main', '/docs', '/socket.iox/']) {
        expect((await fetch(url + path)).headers.getSetCookie()).toEqual([]);
      }
      const poll = await fetch(`${url}/socket.io/?EIO=4&transport=polling`);
      expect(poll.headers.getSetCookie()).toEqual([
        expect.stringMatching(/^LOCKSTEP_PUSH=[0-9a-f]+; path=\/socket\.io\/; HttpOnly/),
      ]);
    }
  });

  it('keeps a long-polling session on its replica and lets a new websocket choose freely', async () => {
    const { commerceUrl } = await startHaproxy('slow');
    const first = await fetch(`${commerceUrl}/socket.io/?EIO=4&transport=polling`);
    const home = await first.text();
    const cookie = first.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const request = async (query: string) => {
      const response = await fetch(`${commerceUrl}/socket.io/?EIO=4&${query}`, {
        headers: { cookie },
      });
      return response.text();
    };
    for (let index = 0; index < 6; index++) {
      expect(await request('transport=polling&sid=s1')).toBe(home);
      expect(await request('transport=websocket&sid=s1')).toBe(home);
    }
    const chosen = new Set<string>();
    for (let index = 0; index < 6; index++) chosen.add(await request('transport=websocket'));
    expect(chosen.size).toBeGreaterThan(1);
    expect(attempts().some(({ headers }) => headers.cookie !== undefined)).toBe(false);
  });

  it('takes a replica that is not ready out, lets it finish what it has, and takes it back', async () => {
    const balancer = await startHaproxy('as configured');
    for (const replica of replicas) replica.behaviour = 'hold';
    const pending = replicas.map(() => fetch(`${balancer.commerceUrl}/slow`));
    await until(() => replicas.every(({ heldCount }) => heldCount === 1), 'each holds a request');
    const [draining] = replicas;
    if (draining) draining.ready = false;
    await until(
      async () => (await balancer.upServers('commerce')).join() === 'r2,r3',
      'the draining replica is out',
    );
    for (const replica of replicas) {
      replica.release();
      replica.behaviour = 'answer';
    }
    for (const response of await Promise.all(pending)) expect(response.status).toBe(200);
    for (let index = 0; index < 6; index++) {
      expect(await (await fetch(`${balancer.commerceUrl}/x`)).text()).not.toBe('a');
    }
    if (draining) draining.ready = true;
    await until(
      async () => (await balancer.upServers('commerce')).join() === 'r1,r2,r3',
      'the replica is back',
    );
  });

  it('goes on sending when every replica fails its check, so that slow is not away', async () => {
    const balancer = await startHaproxy('as configured');
    for (const replica of replicas) replica.ready = false;
    await until(
      async () => (await balancer.upServers('commerce')).length === 0,
      'no replica is healthy',
    );
    for (let index = 0; index < 6; index++) {
      expect((await fetch(`${balancer.commerceUrl}/x`)).status).toBe(200);
      expect((await fetch(`${balancer.authoringUrl}/x`)).status).toBe(200);
    }
    expect(new Set(attempts().map(({ url }) => url))).toEqual(new Set(['/x']));
    // One that died meanwhile costs nobody an answer.
    await replicas[0]?.stop();
    for (let index = 0; index < 6; index++) {
      expect((await fetch(`${balancer.commerceUrl}/x`, { method: 'POST' })).status).toBe(200);
    }
  });

  it('leaves replicas in that take two seconds for their check', async () => {
    const balancer = await startHaproxy('as configured');
    for (const replica of replicas) replica.readyAfterMs = 2_000;
    const checks = () => replicas.map(({ checksAnswered }) => checksAnswered);
    const before = checks();
    await until(
      () => checks().every((count, index) => count >= (before[index] ?? 0) + 4),
      'each has answered four slow checks',
    );
    expect(await balancer.upServers('commerce')).toEqual(['r1', 'r2', 'r3']);
  });

  it('answers 503 as problem+json with Retry-After when no replica is left', async () => {
    const { commerceUrl } = await startHaproxy('slow');
    await Promise.all(replicas.map((replica) => replica.stop()));
    const response = await fetch(`${commerceUrl}/x`);
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('2');
    expect(await response.json()).toMatchObject({ status: 503, code: 'lb.no-replica' });
  });

  it('hides the metrics of replicas and what clients claim about their address', async () => {
    const { commerceUrl } = await startHaproxy('slow');
    for (const path of ['/metrics', '/metrics/', '//metrics', '/%6detrics', '/METRICS?x=1']) {
      expect((await fetch(commerceUrl + path)).status).toBe(404);
    }
    expect(attempts()).toEqual([]);
    await fetch(`${commerceUrl}/x`, {
      headers: { 'X-Forwarded-For': '203.0.113.9', 'X-Forwarded-Proto': 'https' },
    });
    expect(attempts()[0]?.headers).toMatchObject({
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'http',
    });
  });
});
