import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, symlink } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { eventually } from '#libs/testing';
import { findRedisBinary } from '../../tools/lib/redis-binary.mjs';
import { projectRoot } from '../../tools/lib/run.mjs';

interface LocalFleet {
  readonly process: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<number | null>;
}

/** `npm start` without the preparation, in a folder of its own that shares the build. */
async function startIn(folder: string): Promise<LocalFleet> {
  const { server } = await findRedisBinary();
  const main = join(projectRoot, 'dist', 'tools', 'fleet', 'main.js');
  const options = { root: folder, commerce: 2, authoring: 1, verbose: false, watch: false };
  const script = `const { runFleet } = await import(${JSON.stringify(main)});
    await runFleet(${JSON.stringify({ ...options, redisServer: server })});`;
  const { REDIS_URL: _redis, DATABASE_URL: _database, NODE_OPTIONS: _flags, ...env } = process.env;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (data) => (output += String(data)));
  child.stderr.on('data', (data) => (output += String(data)));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { process: child, output: () => output, ended };
}

const addresses = (output: string): string[] => [
  ...new Set(output.match(/^ {4}http:\/\/127\.0\.0\.1:\d+$/gm)?.map((line) => line.trim()) ?? []),
];
const login = (output: string): string | undefined => /staff login.*/.exec(output)?.[0];

function untilUp(fleet: LocalFleet): Promise<string[]> {
  const tooEarly = fleet.ended.then(() => {
    throw new Error(fleet.output());
  });
  const up = eventually(
    'the addresses of the fleet',
    () => fleet.output().includes('Ctrl-C stops') && addresses(fleet.output()),
    { withinMs: 120_000 },
  );
  return Promise.race([up, tooEarly]);
}

describe('the fleet of npm start', () => {
  let folder: string;
  let fleet: LocalFleet;
  let urls: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lockstep-fleet-'));
    await symlink(join(projectRoot, 'dist'), join(folder, 'dist'));
    fleet = await startIn(folder);
    urls = await untilUp(fleet);
  });
  afterAll(async () => {
    fleet.process.kill('SIGKILL');
    // Everything it started ends by itself; the folder can go when nothing listens any more.
    await eventually('the end of all processes', () => allSilent(urls));
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  it('prints two commerce and one authoring replica, all ready', async () => {
    expect(urls).toHaveLength(3);
    for (const url of urls) expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  });

  it('keeps a generated login where only its owner can read it', async () => {
    const file = join(folder, '.lockstep', 'staff.json');
    const { email, password } = JSON.parse(await readFile(file, 'utf8')) as Record<string, string>;
    expect((await stat(file)).mode & 0o077).toBe(0);
    expect(fleet.output()).toContain(password);
    const answer = await fetch(`${urls[2]}/api/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    });
    expect(answer.status).toBe(201);
  });

  it('keeps its data from other users of the machine, on disk and in Redis', async () => {
    expect((await stat(join(folder, 'data'))).mode & 0o077).toBe(0);
    expect((await stat(join(folder, '.lockstep', 'redis.conf'))).mode & 0o077).toBe(0);
    const ports = await readFile(join(folder, '.lockstep', 'ports.json'), 'utf8');
    const port = Number(/"redis[^"]*":\s*(\d+)/.exec(ports)?.[1]);
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => socket.write('KEYS *\r\n'));
      socket.once('data', (data) => {
        socket.destroy();
        resolve(String(data));
      });
      socket.once('error', reject);
    });
    expect(answer).toMatch(/^-NOAUTH /);
  });

  it('prints what to try, which works as it is, down to a purchase', async () => {
    const commands = fleet.output().match(/^ {6}(?:curl|[A-Z]+=).*$/gm) ?? [];
    const script = commands.map((command) => command.trim()).join('\n');
    const { stdout } = await promisify(execFile)('sh', ['-c', script], { cwd: projectRoot });
    const answers = stdout.trim().split('\n');
    const [first, second, changed, , , job, placed, orders] = answers;
    expect(answers).toHaveLength(8);
    expect(priceIn(first)).toBe(priceIn(second));
    expect(changed).toContain('"version":');
    expect(job).toContain('"name":"import-products"');
    const number = /"number":"(LS-[0-9A-Z]{9})"/.exec(placed ?? '')?.[1];
    expect(number).toBeDefined();
    expect(orders).toContain(`"number":"${number}"`);
    const look = commands.slice(3 + 2, 3 + 4).join('\n');
    await eventually('the new price on both replicas', async () => {
      const { stdout: after } = await promisify(execFile)('sh', ['-c', look]);
      const [one, other] = after.trim().split('\n').map(priceIn);
      return one !== undefined && one === other && one !== priceIn(first);
    });
  });

  it('reports a replica that crashes, and starts it again on its port', async () => {
    const url = urls[1] ?? '';
    const nameBefore = await replicaAt(url);
    process.kill(await processAt(folder, url), 'SIGKILL');
    await eventually('the report', () =>
      fleet.output().includes('commerce-2 ended unexpectedly (SIGKILL)'),
    );
    await eventually('the new process', async () => (await replicaAt(url)) !== nameBefore);
    await eventually('the good news', () => fleet.output().includes('commerce-2 is ready again'));
  });

  it('ends every process at Ctrl-C, and has addresses, login and data again at the next start', async () => {
    const before = login(fleet.output());
    fleet.process.kill('SIGINT');
    expect(await fleet.ended).toBe(0);
    expect(await allSilent(urls)).toBe(true);
    fleet = await startIn(folder);
    expect(await untilUp(fleet)).toEqual(urls);
    expect(login(fleet.output())).toBe(before);
  });

  it('leaves no process behind when it is killed itself', async () => {
    fleet.process.kill('SIGKILL');
    await eventually('the end of all processes', () => allSilent(urls));
  });
});

/** The first price in an answer: that of the first variant. */
const priceIn = (answer: string | undefined): string | undefined =>
  /"price":\{"amount":(\d+)/.exec(answer ?? '')?.[1];

async function allSilent(urls: readonly string[]): Promise<boolean> {
  const answers = await Promise.all(
    urls.map((url) =>
      fetch(`${url}/health/live`).then(
        () => true,
        () => false,
      ),
    ),
  );
  return !answers.includes(true);
}

async function replicaAt(url: string): Promise<string> {
  const answer = await fetch(`${url}/health/live`);
  return answer.headers.get('lockstep-replica') ?? '';
}

/** The process that listens at the address, from the log of its replica. */
async function processAt(folder: string, url: string): Promise<number> {
  const logs = join(folder, '.lockstep', 'logs');
  for (const name of ['commerce-1', 'commerce-2']) {
    const text = await readFile(join(logs, `${name}.log`), 'utf8');
    const line = text.split('\n').find((each) => each.includes('"msg":"listening"'));
    const record = JSON.parse(line ?? '{}') as { url?: string; pid?: number };
    if (record.url === url && record.pid !== undefined) return record.pid;
  }
  throw new Error(`no log names the process at ${url}`);
}
