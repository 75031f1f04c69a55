import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { readTextFile } from '../read-text-file.js';
import { readTraffic } from './read-traffic.js';
import { worstCaseS } from './traffic-plan.js';

const example = readTextFile(
  fileURLToPath(new URL('../../docs/examples/traffic.yaml', import.meta.url)),
);
const valid = {
  name: 'www',
  policy: 'failover',
  endpoints: [
    { site: 'eu', address: '192.0.2.1' },
    { site: 'us', address: '192.0.2.2' },
  ],
};
const near = (change: object) => ({
  ...valid,
  policy: 'performance',
  networks: [{ network: '203.0.113.0/24', sites: ['us'] }],
  ...change,
});
const read = (...profiles: object[]) =>
  readTraffic(
    JSON.stringify({
      zone: 'shop.example',
      nameServers: [{ name: 'ns1', address: '192.0.2.53' }],
      profiles,
    }),
  );
const oneNetwork = (network: string) => near({ networks: [{ network, sites: ['us'] }] });

describe('a traffic plan', () => {
  it('probes every half minute, three times, and is kept for five minutes unless it says otherwise', () => {
    const [profile] = read(valid).profiles;
    expect(profile).toMatchObject({
      ttlS: 300,
      probe: { port: 80, path: '/health/site', intervalS: 30, timeoutS: 10, failures: 3 },
    });
    if (profile === undefined) throw new Error('there is no profile');
    expect(worstCaseS(profile)).toBe(3 * 30 + 10 + 300);
  });

  it('prefers the lowest priority, then the first, and leaves out what is disabled', () => {
    const [profile] = read({
      ...valid,
      endpoints: [
        { site: 'last', address: '192.0.2.1', priority: 9 },
        { site: 'off', address: '192.0.2.2', priority: 1, enabled: false },
        { site: 'first', address: '192.0.2.3', priority: 1 },
        { site: 'second', address: '192.0.2.4', priority: 1 },
      ],
    }).profiles;
    expect(profile?.endpoints.map(({ site }) => site)).toEqual(['first', 'second', 'last']);
  });

  it('has every enabled site for each network, the narrowest network first', () => {
    const [profile] = read(
      near({
        endpoints: [...valid.endpoints, { site: 'ap', address: '192.0.2.3', enabled: false }],
        networks: [
          { network: '203.0.0.0/16', sites: ['ap', 'us'] },
          { network: '203.0.113.0/24', sites: ['eu'] },
        ],
      }),
    ).profiles;
    expect(
      profile?.networks.map(({ network, endpoints }) => [
        network.text,
        ...endpoints.map(({ site }) => site),
      ]),
    ).toEqual([
      ['203.0.113.0/24', 'eu', 'us'],
      ['203.0.0.0/16', 'us', 'eu'],
    ]);
  });

  it('is what the example is', () => {
    expect(readTraffic(example).profiles.map(({ policy }) => policy)).toEqual([
      'failover',
      'performance',
      'round robin',
      'weighted',
    ]);
  });

  it.each<[string, object, string]>([
    ['an unknown key', { ...valid, colour: 1 }, 'Unrecognized key'],
    ['an unknown policy', { ...valid, policy: 'fastest' }, 'profiles[0].policy'],
    [
      'a longer time to live than an hour',
      { ...valid, ttl: '2h' },
      'whole seconds from 5s to 3600s',
    ],
    ['half a second', { ...valid, ttl: '5500ms' }, 'whole seconds from 5s'],
    [
      'a probe that outlasts its interval',
      { ...valid, probe: { interval: '5s', timeout: '5s' } },
      'the timeout has to be shorter',
    ],
    ['a path that ends a quoted text', { ...valid, probe: { path: "/a'" } }, 'a path such as'],
    ['a path with a variable', { ...valid, probe: { path: '/$x' } }, 'a path such as'],
    [
      'an address of another family',
      { ...valid, endpoints: [{ site: 'eu', address: '2001:db8::1' }] },
      'an IPv4 address',
    ],
    [
      'a site of two addresses',
      { ...valid, endpoints: [...valid.endpoints, { site: 'eu', address: '192.0.2.9' }] },
      'profile www: the site eu is given twice',
    ],
    [
      'an address of two sites',
      { ...valid, endpoints: [...valid.endpoints, { site: 'ap', address: '192.0.2.1' }] },
      'the address 192.0.2.1 is given twice',
    ],
    [
      'a profile that is all disabled',
      { ...valid, endpoints: [{ site: 'eu', address: '192.0.2.1', enabled: false }] },
      'no endpoint is enabled',
    ],
    [
      'a weight of nothing',
      { ...valid, endpoints: [{ site: 'eu', address: '192.0.2.1', weight: 0 }] },
      'weight',
    ],
    ['performance without a table', near({ networks: [] }), 'performance needs networks'],
    [
      'a table that nothing uses',
      { ...near({}), policy: 'weighted' },
      'weighted takes no networks',
    ],
    [
      'a table of sites that are not there',
      near({ networks: [{ network: '203.0.113.0/24', sites: ['mars'] }] }),
      'names the site mars, which has no endpoint',
    ],
    [
      'a network twice',
      near({ networks: [...near({}).networks, ...near({}).networks] }),
      'is given twice',
    ],
    ['bits behind the prefix', oneNetwork('203.0.113.1/24'), 'without bits behind its prefix'],
    [
      'bits behind the prefix of IPv6',
      oneNetwork('2001:db8::1/32'),
      'without bits behind its prefix',
    ],
    ['a prefix that is too long', oneNetwork('203.0.113.0/33'), 'a network such as'],
    ['no prefix', oneNetwork('203.0.113.0'), 'a network such as'],
    ['a name of two profiles', { ...valid, name: 'ns1' }, 'the name ns1 is given twice'],
  ])('refuses %s', (_what, profile, message) => {
    expect(() => read(profile)).toThrow(message);
  });

  it('takes networks of both families', () => {
    const texts = [
      '0.0.0.0/0',
      '203.0.113.7/32',
      '2001:db8::/32',
      '::1/128',
      '1:2:3:4:5:6:7:8/128',
    ];
    for (const text of texts) {
      expect(read(oneNetwork(text)).profiles[0]?.networks[0]?.network.text).toBe(text);
    }
  });

  it('says all that is wrong at once, and where YAML ends', () => {
    expect(() => read({ ...valid, policy: 'x', ttl: 'y' })).toThrow(/policy[^]*ttl/);
    expect(() => readTraffic('zone: [')).toThrow('line 1');
  });
});
