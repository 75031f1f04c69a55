import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { configRows } from '#libs/config';
import { readTextFile } from '../read-text-file.js';
import { readFleet } from './read-fleet.js';

const examples = new URL('../../docs/examples/', import.meta.url);
const example = (name: string) => readTextFile(fileURLToPath(new URL(name, examples)));
const text = example('kubernetes.yaml');

type Description = Record<string, unknown> & { settings: object; secrets: object };
const read = (change: (description: Description) => void = () => undefined) => {
  const description = parse(text) as Description;
  change(description);
  return readFleet(stringify(description), example);
};
const reference = { secret: 'elsewhere', key: 'value' };

describe('the description of a fleet', () => {
  it('gives each role what is said for both and for itself', () => {
    const { roles, scaling } = read();
    expect(roles.authoring.settings).toMatchObject({
      TRUSTED_PROXIES: '10.0.0.0/8',
      SHOP_URL: 'https://shop.example',
    });
    expect(Object.keys(roles.commerce.secrets)).toEqual(['DATABASE_URL', 'REDIS_URL']);
    expect(roles.commerce.settings).not.toHaveProperty('SHOP_URL');
    expect(scaling).toMatchObject({ by: 'rules' });
  });

  it('takes every secret of the configuration as a reference and none as a value', () => {
    const keys = configRows.flatMap(([key, row]) => (row.secret === undefined ? [] : [key]));
    expect(keys.length).toBeGreaterThan(5);
    for (const key of keys) {
      // The copy of the database is for storefronts alone.
      const place = (description: Description) =>
        description['commerce'] as { settings?: object; secrets: object };
      const plan = read((description) => {
        Object.assign(description.settings, { MAIL_FROM: 'shop@shop.example' });
        Object.assign(place(description).secrets, partners(key));
      });
      expect(plan.roles.commerce.secrets).toHaveProperty(key);
      expect(() =>
        read((description) => (place(description).settings = { [key]: 'a-value' })),
      ).toThrow(`commerce: ${key}: is a secret`);
    }
  });

  it.each([
    ['LOG_LEVEL: verbose', { LOG_LEVEL: 'verbose' }, 'LOG_LEVEL: must be one of'],
    ['a key that is not known', { LOG_LEVELS: 'info' }, 'LOG_LEVELS: is no key'],
    ['the port', { PORT: 8080 }, 'PORT: is set by the manifests'],
    ['no time to look elsewhere', { DRAIN_DELAY_MS: 0 }, 'DRAIN_DELAY_MS: 0 refuses requests'],
    ['no time to finish', { DRAIN_DELAY_MS: 25000 }, 'DRAIN_DELAY_MS: 25000 must be less'],
  ])('refuses settings that no replica would start with: %s', (_name, settings, message) => {
    expect(() => read((description) => Object.assign(description.settings, settings))).toThrow(
      message,
    );
  });

  it('refuses what replicas have to agree on where only one role is told', () => {
    expect(() =>
      read((description) => (description['authoring'] = withSettings(description['authoring']))),
    ).toThrow('authoring: CHANNEL_PREFIX: must be the same everywhere');
  });

  it('refuses memory that has no room for the cache, and gives enough where none is said', () => {
    const settings = { CACHE_MAX_BYTES: '512MiB' };
    const small = (description: Description) => {
      Object.assign(description.settings, settings);
      Object.assign(description['commerce'] as object, { memory: '1Gi' });
    };
    expect(() => read(small)).toThrow('commerce: memory: 1Gi has no room');
    const { roles } = read((description) => Object.assign(description.settings, settings));
    expect(roles.commerce.memoryMib).toBe(2 * 512 + 512);
    const ample = { CACHE_RECORDS_MAX_BYTES: '256MiB' };
    const { roles: withRecords } = read((description) =>
      Object.assign(description.settings, ample),
    );
    expect(withRecords.commerce.memoryMib).toBe(768 + 256 - 128);
    expect(withRecords.authoring.memoryMib).toBe(1024);
    const large = { SEARCH_INDEX_MAX_BYTES: '512MiB' };
    const { roles: withIndex } = read((description) => Object.assign(description.settings, large));
    expect(withIndex.commerce.memoryMib).toBe(768 + 512 - 128);
    const crowded = (description: Description) => {
      Object.assign(description.settings, large);
      Object.assign(description['commerce'] as object, { memory: '1Gi' });
    };
    expect(() => read(crowded)).toThrow('SEARCH_INDEX_MAX_BYTES (512Mi); give 1152Mi at least');
    // Those of docker-compose.scale.yml for the cache that it gives.
    expect(read().roles).toMatchObject({
      commerce: { memoryMib: 768 },
      authoring: { memoryMib: 1024 },
    });
  });

  it.each([
    'registry.example/lockstep',
    'registry.example:5000/lockstep',
    'Lockstep:1',
    'lockstep:',
  ])('refuses the image %s, with which no release would be another', (image) => {
    expect(() => read((description) => (description['image'] = image))).toThrow('image: an image');
  });

  it('refuses an image whose tag is written again', () => {
    expect(() => read((description) => (description['image'] = 'lockstep:latest'))).toThrow(
      'image: a tag that is written once',
    );
    const digest = `registry.example:5000/lockstep@sha256:${'a'.repeat(64)}`;
    expect(read((description) => (description['image'] = digest)).image).toBe(digest);
  });

  it('wants a database and a Redis, as secrets', () => {
    expect(() => read((description) => (description.secrets = {}))).toThrow(
      /commerce: DATABASE_URL: name a key of a Secret[^]*authoring: DATABASE_URL/,
    );
  });

  it('wants to know whom to believe where a gateway stands before the replicas', () => {
    expect(() => read((description) => (description.settings = {}))).toThrow('TRUSTED_PROXIES');
    const bare = read((description) => {
      description.settings = {};
      delete description['gateway'];
    });
    expect(bare.gateway).toBeUndefined();
  });

  it('refuses a host name that leads to both roles', () => {
    expect(() =>
      read((description) =>
        Object.assign(description['gateway'] as object, { authoring: ['shop.example'] }),
      ),
    ).toThrow('shop.example cannot lead to both roles');
  });

  it('refuses rules that leave a role without a range', () => {
    const rules =
      'mode: act\nconstraints: [{ name: default, ranges: { commerce: { min: 1, max: 2 } } }]';
    expect(() => readFleet(text, () => rules)).toThrow('the rules say nothing of authoring');
  });

  it('knows one way to scale at a time', () => {
    const both = { by: 'cpu', commerce: { min: 1, max: 2 }, authoring: { min: 1, max: 2 } };
    expect(() =>
      read((description) => (description['scaling'] = { ...both, rules: 'scaling-rules.yaml' })),
    ).toThrow('scaling: Unrecognized key');
    const turned = { ...both, commerce: { min: 3, max: 2 } };
    expect(() => read((description) => (description['scaling'] = turned))).toThrow('min must not');
  });
});

/** What a key demands beside it. */
function partners(key: string): object {
  const together = [
    ['CARD_SECRET_KEY', 'CARD_WEBHOOK_SECRET'],
    ['REDIS_TLS_CERT', 'REDIS_TLS_KEY'],
  ];
  const keys = together.find((names) => names.includes(key)) ?? [key];
  return Object.fromEntries(keys.map((name) => [name, reference]));
}

function withSettings(role: unknown): object {
  return { ...(role as object), settings: { CHANNEL_PREFIX: 'other' } };
}
