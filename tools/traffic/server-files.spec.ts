import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { parseAllDocuments } from 'yaml';
import {
  customResourceErrors,
  schemaInVariable,
} from '../../test/support/custom-resource-schema.js';
import { readTextFile } from '../read-text-file.js';
import { gdnsdFiles } from './gdnsd-files.js';
import { gslbManifests, gslbObjects } from './k8gb-manifests.js';
import { powerDnsFiles } from './powerdns-files.js';
import { readTraffic } from './read-traffic.js';

const plan = readTraffic(
  readTextFile(fileURLToPath(new URL('../../docs/examples/traffic.yaml', import.meta.url))),
);
const options = {
  listen: '192.0.2.53:5353',
  directory: '/etc/dns',
  now: new Date('2026-11-28T12:00:00Z'),
};
const schema = schemaInVariable('LOCKSTEP_K8GB_SCHEMA');
const describeWithSchema = schema.text === undefined ? describe.skip : describe;

describe('the files of gdnsd', () => {
  const files = gdnsdFiles(plan, options);
  const config = files.get('config') ?? '';

  it('take a site out after its failures in succession, and bring it back after one success', () => {
    expect(config).toContain('interval => 10, timeout => 5,');
    expect(config).toContain('down_thresh => 3, ok_thresh => 1, up_thresh => 1');
  });

  it('count one site that is up as enough where several are answered', () => {
    expect(config.match(/up_thresh => 0\.001/g)).toHaveLength(2);
  });

  it('name a disabled site nowhere', () => {
    expect(config).toContain('datacenters => [ site-eu, site-us ]\n');
    expect(config.match(/203\.0\.113\.10/g)).toHaveLength(1); // of the profile that has it enabled
  });

  it('answer each name by the plugin of its policy', () => {
    const zone = files.get('zones/shop.example') ?? '';
    expect(zone).toContain('www 60 IN DYNA metafo!profile-www');
    expect(zone).toContain('near 300 IN DYNA geoip!profile-near');
    expect(zone).toContain('turn 300 IN DYNA multifo!profile-turn');
    expect(zone).toContain('trial 300 IN DYNA weighted!profile-trial');
    expect(zone).toContain(' for at most 95 s');
    expect(config).toContain('"2001:db8:a::/48" => [ site-ap, site-us, site-eu ]');
    expect(config).toContain('site-eu => [ 192.0.2.10, 9 ]');
  });
});

describe('the files of PowerDNS', () => {
  const files = powerDnsFiles(plan, options);
  const zone = files.get('zones/shop.example') ?? '';
  const code = zone.replace(/"\s+"/g, ' ');

  it('ask the path of the probe as often as it says, and say how many failures count', () => {
    expect(code).toContain(
      "ifurlup('http://www.shop.example:80/health/site', order, { timeout=5, interval=10, minimumFailures=3, selector='all', backupSelector='all' })",
    );
    expect(files.get('pdns.conf')).toContain('lua-health-checks-interval=10\n');
  });

  it('answer with the preferred one alone when all are down', () => {
    expect(code.match(/if #up > 1 then return order\[1\]/g)).toHaveLength(2);
  });

  it('keep every string short enough for DNS', () => {
    const strings = [...zone.matchAll(/"([^"]*)"/g)].map(([, text = '']) => text);
    expect(Math.max(...strings.map(({ length }) => length))).toBeLessThan(256);
  });
});

describe('the manifests of k8gb', () => {
  it('have a strategy for each policy, and say which clusters they are for', () => {
    const text = gslbManifests(plan, { namespace: 'shop', ingress: 'storefront' });
    const strategies = parseAllDocuments(text).map(
      (document) => (document.toJS() as { spec: { strategy: object } }).spec.strategy,
    );
    expect(strategies).toEqual([
      { type: 'failover', primaryGeoTag: 'eu', dnsTtlSeconds: 60 },
      { type: 'geoip', dnsTtlSeconds: 300 },
      { type: 'roundRobin', dnsTtlSeconds: 300 },
      { type: 'roundRobin', weight: { eu: 9, us: 1 }, dnsTtlSeconds: 300 },
    ]);
    expect(text).toMatch(/^# For the clusters with these geo tags, and no other: eu, us$/m);
  });
});

describeWithSchema(`the manifests of k8gb${schema.note}`, () => {
  it('fit the schema that k8gb publishes', () => {
    const errorsOf = customResourceErrors(schema.text ?? '');
    const objects = gslbObjects(plan, { namespace: 'shop', ingress: 'storefront' });
    for (const object of objects) expect(errorsOf(object)).toEqual([]);
    // The check is one: what k8gb does not know is refused.
    expect(
      errorsOf({ ...objects[0], spec: { strategy: { type: 'geoip', colour: 1 } } }),
    ).not.toEqual([]);
  });
});
