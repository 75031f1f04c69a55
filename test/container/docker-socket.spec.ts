import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '#libs/testing';

const file = fileURLToPath(new URL('../../docker/scaler/docker-socket.cfg', import.meta.url));
const isThere = spawnSync('haproxy', ['-v']).status === 0;
const describeWithHaproxy = isThere ? describe : describe.skip;

describeWithHaproxy(
  `docker/scaler/docker-socket.cfg${isThere ? '' : ' (skipped: no haproxy on the PATH)'}`,
  () => {
    let folder: string;
    let docker: Server;
    let proxy: ChildProcess;
    let port: number;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'lockstep-socket-'));
      const socket = join(folder, 'docker.sock');
      docker = createServer((_request, response) => response.end('from docker'));
      docker.listen(socket);
      await once(docker, 'listening');
      port = await freePort();
      const text = readFileSync(file, 'utf8')
        .replace('bind :2375', `bind 127.0.0.1:${port}`)
        .replace('/var/run/docker.sock', socket);
      const config = join(folder, 'haproxy.cfg');
      writeFileSync(config, text);
      proxy = spawn('haproxy', ['-f', config], { stdio: 'ignore' });
      await eventually('it answers', async () => {
        return (await ask('GET', '/_ping').catch(() => 0)) === 200;
      });
    });
    afterAll(async () => {
      proxy.kill('SIGKILL');
      await once(proxy, 'exit');
      docker.close();
      rmSync(folder, { recursive: true });
    });

    function ask(method: string, path: string, body = ''): Promise<number> {
      return new Promise((resolve, reject) => {
        const sent = request({ host: '127.0.0.1', port, method, path }, (answer) => {
          answer.resume();
          answer.on('end', () => resolve(answer.statusCode ?? 0));
        });
        sent.on('error', reject);
        sent.end(body);
      });
    }

    it.each(
      withBody([
        ['GET', '/v1.47/containers/json?all=1'],
        ['GET', '/v1.47/images/lockstep:local/json'],
        ['POST', '/v1.47/containers/create?name=x', '{"Image":"lockstep:local"}'],
        ['POST', '/v1.47/containers/abc/start'],
        ['POST', '/v1.47/containers/abc/stop?t=20'],
        ['DELETE', '/v1.47/containers/abc?v=1'],
      ]),
    )('lets scaling pass: %s %s', async (method, path, body) => {
      expect(await ask(method, path, body)).toBe(200);
    });

    it.each(
      withBody([
        ['POST', '/v1.47/containers/abc/exec'],
        ['POST', '/v1.47/exec/abc/start'],
        ['POST', '/v1.47/containers/abc/attach'],
        ['POST', '/v1.47/containers/abc/kill'],
        ['POST', '/v1.47/images/create?fromImage=x'],
        ['POST', '/v1.47/build'],
        ['POST', '/v1.47/volumes/create'],
        ['POST', '/v1.47/swarm/init'],
        ['DELETE', '/v1.47/volumes/sqlserver-data'],
        ['DELETE', '/v1.47/images/lockstep'],
        ['PUT', '/v1.47/containers/abc/archive?path=/'],
        ['GET', '/v1.47/containers/abc/archive?path=/run/secrets'],
        ['GET', '/v1.47/containers/abc/export'],
        ['GET', '/v1.47/secrets'],
        ['POST', '/v1.47/containers/create', '{"HostConfig":{"Privileged":true}}'],
        ['POST', '/v1.47/containers/create', '{"HostConfig":{"PidMode": "host"}}'],
        ['POST', '/v1.47/containers/create', '{"HostConfig":{"CapAdd":["SYS_ADMIN"]}}'],
      ]),
    )('refuses what scaling does not need: %s %s', async (method, path, body) => {
      expect(await ask(method, path, body)).toBe(403);
    });
  },
);

/** A test with a parameter that is left out is one that Jest calls back. */
function withBody(rows: readonly (readonly [string, string, string?])[]) {
  return rows.map(([method, path, body = '']) => [method, path, body] as const);
}

async function freePort(): Promise<number> {
  const server = createTcpServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
