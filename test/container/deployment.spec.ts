import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '#libs/config';
import { parse } from 'yaml';
import { z } from 'zod';

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');

/** Text of a file without comments, as lines of single-spaced words. */
const directives = (path: string) =>
  read(path)
    .split('\n')
    .map((line) =>
      line
        .replace(/^\s*#.*$/, '')
        .trim()
        .replaceAll(/\s+/g, ' '),
    )
    .filter((line) => line !== '');

const serviceSchema = z.looseObject({
  image: z.string(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string().nullable()).default({}),
  secrets: z.array(z.string()).default([]),
  ports: z.array(z.string()).default([]),
  networks: z.array(z.string()),
  mem_limit: z.string(),
  stop_grace_period: z.string().optional(),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
});
const composeSchema = z.looseObject({
  services: z.record(z.string(), serviceSchema),
  networks: z.record(z.string(), z.looseObject({ internal: z.boolean().optional() }).nullable()),
  secrets: z.record(z.string(), z.object({ file: z.string() })),
});

const composeText = read('docker-compose.scale.yml');
const compose = composeSchema.parse(parse(composeText, { merge: true }));
const service = (name: string) => {
  const found = compose.services[name];
  if (found === undefined) throw new Error(`docker-compose.scale.yml has no service ${name}`);
  return found;
};
const seconds = (text: string | undefined) => Number(/^(\d+)s$/.exec(text ?? '')?.[1]);

/** What a container sees when nobody sets a variable. */
const resolved = (text: string) => text.replaceAll(/\$\{[A-Z_]+:-([^}]*)\}/g, '$1');
const environmentOf = (name: string) =>
  Object.fromEntries(
    Object.entries(service(name).environment).flatMap(([key, value]) =>
      value === null ? [] : [[key, resolved(value)]],
    ),
  );

/** The addresses as docker/prepare-secrets.sh writes them. */
function secretFile(path: string): string {
  const name = path.replace('/run/secrets/', '');
  const line = new RegExp(`^write ${name} "(.*)"$`, 'm').exec(read('docker/prepare-secrets.sh'));
  if (line?.[1] === undefined) throw new Error(`docker/prepare-secrets.sh does not write ${name}`);
  return line[1].replace(/\$\(cat [^)]*\)/, 'Secret-Aa1');
}

describe('docker-compose.scale.yml', () => {
  it.each(['commerce', 'authoring'] as const)('gives %s a complete configuration', (role) => {
    const config = loadConfig(environmentOf(role), role, secretFile);
    expect(config.runtime.host).toBe('0.0.0.0');
    expect(config.database.url).toMatchObject({ kind: 'mssql', host: 'sqlserver' });
    expect(seconds(service(role).stop_grace_period) * 1000).toBeGreaterThan(
      config.runtime.shutdownTimeoutMs,
    );
  });

  it('sets no key that the replicas do not know, and gives every variable a default', () => {
    const known = new Set(
      loadConfig(environmentOf('commerce'), 'commerce', secretFile).sources.map(
        ({ key }) => key as string,
      ),
    );
    for (const role of ['commerce', 'authoring', 'migrate']) {
      const unknown = Object.keys(service(role).environment)
        .map((key) => key.replace(/_FILE$/, ''))
        .filter((key) => !known.has(key) && !/^LOCKSTEP_(STAFF_|DEMO_SHOP$)/.test(key));
      expect(unknown).toEqual([]);
    }
    const variables = composeText.replaceAll('$$', '').match(/\$\{[^}]*\}|\$[A-Za-z]\w*/g) ?? [];
    expect(variables.filter((text) => !/^\$\{[A-Z_]+:-[^}]+\}$/.test(text))).toEqual([]);
  });

  it('lets the replicas scale: no container name, no published port', () => {
    expect(composeText).not.toMatch(/^\s*container_name:/m);
    for (const [name, { ports }] of Object.entries(compose.services)) {
      if (name !== 'loadbalancer') expect([name, ports]).toEqual([name, []]);
    }
    expect(service('loadbalancer').ports.map((port) => port.split(':').at(-1))).toEqual([
      '8080',
      '8081',
      '8404',
    ]);
  });

  it('lets no one-shot service stand before a replica, and migrates after the database exists', () => {
    for (const role of ['commerce', 'authoring']) {
      expect(service(role).depends_on).toEqual({ redis: { condition: 'service_started' } });
    }
    expect(service('migrate').depends_on).toEqual({
      database: { condition: 'service_completed_successfully' },
    });
    expect(service('database').depends_on).toEqual({
      sqlserver: { condition: 'service_healthy' },
    });
  });

  it('keeps SQL Server and Redis on a network without a way out, apart from the load balancer', () => {
    expect(compose.networks['data']?.internal).toBe(true);
    expect(service('sqlserver').networks).toEqual(['data']);
    expect(service('redis').networks).toEqual(['data']);
    expect(service('loadbalancer').networks).toEqual(['edge']);
  });

  it('defines, and the preparation writes, every secret that is used; none is in an environment', () => {
    const used = new Set(Object.values(compose.services).flatMap(({ secrets }) => secrets));
    expect([...used].toSorted()).toEqual(Object.keys(compose.secrets).toSorted());
    for (const name of used) expect(read('docker/prepare-secrets.sh')).toContain(`write ${name} `);
    for (const { environment } of Object.values(compose.services)) {
      const suspicious = Object.keys(environment).filter(
        (key) => /PASSWORD|SECRET|TOKEN|_URL/.test(key) && !key.endsWith('_FILE'),
      );
      expect(suspicious).toEqual([]);
    }
  });

  it('lets each role into Redis as its own user, and gives it no secret of another', () => {
    for (const [name, user] of [
      ['commerce', 'commerce'],
      ['authoring', 'authoring'],
      ['migrate', 'authoring'],
    ] as const) {
      const { redis } = loadConfig(environmentOf(name), user, secretFile);
      expect([name, redis.url]).toEqual([name, expect.objectContaining({ username: user })]);
      const ofRedis = service(name).secrets.filter((secret) => secret.startsWith('redis_'));
      expect([name, ofRedis]).toEqual([name, [`redis_${user}_url`]]);
      // What docker/redis/users.acl was made for.
      expect(redis.channelPrefix).toBe('lockstep');
      expect(Object.keys(service(name).environment)).not.toContain('PUSH_ADAPTER');
    }
    const users = directives('docker/redis/users.acl').map((line) => line.split(' ')[0]);
    const passwords = users.map((user) => `redis_${user}_password`);
    expect(service('redis').secrets.toSorted()).toEqual(passwords.toSorted());
    expect(read('docker/redis/start.sh')).toMatch(/^user default reset$/m);
  });

  it('runs what the image contains, without root, and stays within its memory', () => {
    const dockerfile = read('docker/Dockerfile');
    expect(dockerfile).toMatch(/^USER node$/m);
    expect(dockerfile).toMatch(/^HEALTHCHECK .* CMD \["node", "healthcheck\.mjs"\]$/m);
    expect(service('commerce').command?.at(-1)).toBe('dist/replicas/commerce.js');
    expect(service('authoring').command?.at(-1)).toBe('dist/replicas/authoring.js');
    for (const [name, { mem_limit }] of Object.entries(compose.services)) {
      expect([name, mem_limit]).toEqual([name, expect.stringMatching(/^\d+[mg]$/)]);
    }
  });
});

describe('docker-compose.scaler.yml', () => {
  /** A replica that the scaler starts must be like those that the operator has started. */
  it('gets what the replicas take from the shell', () => {
    const scaler = z
      .looseObject({
        services: z.looseObject({
          scaler: z.looseObject({ environment: z.record(z.string(), z.string().nullable()) }),
        }),
      })
      .parse(parse(read('docker-compose.scaler.yml'))).services.scaler;
    const { commerce, authoring } = compose.services;
    const taken = JSON.stringify([commerce, authoring, compose.secrets, compose.networks]);
    const named = [...taken.matchAll(/\$\{([A-Z_]+)/g)].map(([, name]) => name);
    const passedOn = Object.entries({ ...commerce?.environment, ...authoring?.environment })
      .filter(([, value]) => value === null)
      .map(([name]) => name);
    expect(Object.keys(scaler.environment)).toEqual(
      expect.arrayContaining([...named, ...passedOn]),
    );
    expect(new Set([...named, ...passedOn]).size).toBeGreaterThan(4);
  });
});

describe('docker/loadbalancer/haproxy.cfg', () => {
  const lines = directives('docker/loadbalancer/haproxy.cfg');
  const sections = new Map<string, string[]>();
  let section = '';
  for (const line of lines) {
    if (/^(global|resolvers|defaults|frontend|backend)\b/.test(line)) section = line;
    sections.set(section, [...(sections.get(section) ?? []), line]);
  }
  const backends = [...sections].filter(([name]) => name.startsWith('backend '));

  it('moves on from a replica that does not connect within 250 ms', () => {
    expect(sections.get('defaults')).toEqual(
      expect.arrayContaining([
        'timeout connect 250ms',
        'option redispatch 1',
        'retries 2',
        'retry-on conn-failure',
      ]),
    );
  });

  it('repeats what was sent for safe methods only', () => {
    for (const [name, content] of backends) {
      const beyondConnecting = content.some(
        (line) => line.startsWith('retry-on ') && line !== 'retry-on conn-failure',
      );
      const isRestricted = content.includes(
        'http-request disable-l7-retry unless { method GET HEAD OPTIONS }',
      );
      expect([name, beyondConnecting]).toEqual([name, isRestricted]);
    }
  });

  it('finds replicas by DNS, each address once, and asks each whether it is ready', () => {
    expect(lines.join('\n')).not.toContain('allow-dup-ip');
    expect(backends.map(([name]) => name)).toEqual([
      'backend commerce',
      'backend authoring',
      'backend commerce_unchecked',
      'backend authoring_unchecked',
      'backend commerce_push',
      'backend authoring_push',
    ]);
    for (const [name, content] of backends) {
      const role = /commerce|authoring/.exec(name)?.[0] ?? '';
      expect(content.filter((line) => line.startsWith('server'))).toEqual([
        expect.stringMatching(new RegExp(`^server-template ${role} \\d+ ${role}:3000( |$)`)),
      ]);
      const isChecked = !name.endsWith('_unchecked');
      expect([name, content.includes('option httpchk')]).toEqual([name, isChecked]);
      const check = `http-check send meth GET uri /health/ready ver HTTP/1.1 hdr Host ${role}`;
      expect([name, content.includes(check)]).toEqual([name, isChecked]);
    }
  });

  it('is sticky for Socket.IO only', () => {
    const sticky = backends.filter(([, content]) =>
      content.some((line) => line.startsWith('cookie ')),
    );
    expect(sticky.map(([name]) => name)).toEqual([
      'backend commerce_push',
      'backend authoring_push',
    ]);
    for (const role of ['commerce', 'authoring']) {
      const uses = sections.get(`frontend ${role}`)?.filter((line) => line.includes('_backend'));
      expect(uses).toEqual([
        `use_backend ${role}_push if { path_beg /socket.io/ } { nbsrv(${role}_push) gt 0 }`,
        `use_backend ${role}_unchecked if { nbsrv(${role}) eq 0 }`,
        `default_backend ${role}`,
      ]);
    }
    expect(lines.some((line) => /^(stick|balance source|balance hdr)/.test(line))).toBe(false);
  });
});

describe('docker/redis/redis.conf', () => {
  it('keeps what it acknowledged, never evicts, and bounds what a silent subscriber may pile up', () => {
    expect(directives('docker/redis/redis.conf')).toEqual(
      expect.arrayContaining([
        'appendonly yes',
        'maxmemory-policy noeviction',
        expect.stringMatching(/^client-output-buffer-limit pubsub [1-9]\d*mb [1-9]\d*mb [1-9]\d*$/),
      ]),
    );
  });
});
