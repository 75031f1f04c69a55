import { execFile, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

const root = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);
const isThere = spawnSync('wget', ['--version']).status === 0;
const describeWithWget = isThere ? describe : describe.skip;

describeWithWget(
  `docker/scaler/scaler.sh${isThere ? '' : ' (skipped: no wget on the PATH)'}`,
  () => {
    let folder: string;
    let server: Server;
    let metrics: string | undefined;
    let complaint: string;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'lockstep-scaler-'));
      // What compose would be asked, and how many containers it would list. It takes what it is given to read.
      const compose = join(folder, 'compose');
      writeFileSync(
        compose,
        `#!/bin/sh
cat >/dev/null
case "$1" in
ps) [ -f "${folder}/broken" ] && exit 1; cat "${folder}/$3" 2>/dev/null ;;
*) echo "$@" >>"${folder}/asked" ;;
esac
exit 0
`,
      );
      chmodSync(compose, 0o755);
      server = createServer((_request, response) => {
        response.statusCode = metrics === undefined ? 503 : 200;
        response.end(metrics ?? '');
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    });
    afterAll(async () => {
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true });
    });
    beforeEach(() => {
      for (const name of ['asked', 'broken', 'commerce', 'authoring']) {
        rmSync(join(folder, name), { force: true });
      }
      metrics = undefined;
    });

    const running = (role: string, count: number) =>
      writeFileSync(
        join(folder, role),
        Array.from({ length: count }, (_, id) => `${role}${id}\n`).join(''),
      );

    async function look(): Promise<string[]> {
      const { port } = server.address() as AddressInfo;
      const { stderr } = await run('sh', ['docker/scaler/scaler.sh'], {
        cwd: root,
        env: {
          PATH: process.env['PATH'] ?? '',
          COMPOSE: join(folder, 'compose'),
          METRICS_URL: `http://127.0.0.1:${port}/metrics`,
          SCALER_ONCE: '1',
        },
      });
      complaint = stderr;
      const asked = join(folder, 'asked');
      return existsSync(asked) ? readFileSync(asked, 'utf8').trim().split('\n') : [];
    }

    it('scales what differs, and nothing else', async () => {
      metrics = `# TYPE lockstep_desired_replicas gauge
lockstep_desired_replicas{role="commerce"} 5
lockstep_desired_replicas{role="authoring"} 2
`;
      running('commerce', 3);
      running('authoring', 2);
      expect(await look()).toEqual([
        'up -d --no-deps --no-recreate --no-build --scale commerce=5 commerce',
      ]);
    });

    it('scales every role that differs', async () => {
      metrics = `lockstep_desired_replicas{role="commerce"} 5
lockstep_desired_replicas{role="authoring"} 3
`;
      running('commerce', 3);
      running('authoring', 2);
      expect(await look()).toHaveLength(2);
      expect(complaint).toBe('');
    });

    it('says that the metrics cannot be read', async () => {
      running('commerce', 3);
      expect(await look()).toEqual([]);
      expect(complaint).toContain('the metrics could not be read');
    });

    it('never asks for more than the load balancer has slots for', async () => {
      metrics = 'lockstep_desired_replicas{role="commerce"} 99\n';
      running('commerce', 3);
      expect((await look())[0]).toContain('--scale commerce=20');
      const config = readFileSync(join(root, 'docker/loadbalancer/haproxy.cfg'), 'utf8');
      expect(config).toContain('server-template commerce 20 ');
      expect(config).toContain('server-template authoring 10 ');
    });

    it.each<[string, string | undefined]>([
      ['the metric is absent', 'lockstep_scaling_decision_age_seconds 3\n'],
      ['the metrics cannot be read', undefined],
      ['none are wanted', 'lockstep_desired_replicas{role="commerce"} 0\n'],
      ['the role is another', 'lockstep_desired_replicas{role="redis"} 4\n'],
      ['the number is none', 'lockstep_desired_replicas{role="commerce"} NaN\n'],
      ['there is more behind it', 'lockstep_desired_replicas{role="commerce"} 4 $(reboot)\n'],
    ])('does nothing when %s', async (_what, text) => {
      metrics = text;
      running('commerce', 3);
      expect(await look()).toEqual([]);
    });

    it('does nothing when compose cannot say what runs, or nothing runs', async () => {
      metrics = 'lockstep_desired_replicas{role="commerce"} 4\n';
      expect(await look()).toEqual([]);
      writeFileSync(join(folder, 'broken'), '');
      running('commerce', 3);
      expect(await look()).toEqual([]);
    });
  },
);
