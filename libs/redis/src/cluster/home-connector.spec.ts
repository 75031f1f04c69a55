import { describe, expect, it } from '@jest/globals';
import { ClusterMap } from './cluster-map.js';
import { ClusterView } from './cluster-view.js';
import { homeConnector } from './home-connector.js';

const seed = { host: 'a', port: 1 };

function connectorOf(ask: () => Promise<ClusterView>) {
  const Connector = homeConnector(new ClusterMap({ seeds: [seed], ask }), 7);
  return new Connector({ disconnectTimeout: 1 });
}

describe('homeConnector', () => {
  it('answers with a stream that has ended when nobody has the slot, and why', async () => {
    const connector = connectorOf(async () => ClusterView.of([[8, 9, ['a', 1]]], seed));
    expect((await connector.connect(() => undefined)).destroyed).toBe(true);
    expect(connector.firstError?.message).toBe('no node of the cluster is known to have slot 7');
  });

  it('does so when no node answers, also when it was told to end meanwhile', async () => {
    const connector = connectorOf(() => Promise.reject(new Error('ECONNREFUSED')));
    const connecting = connector.connect(() => undefined);
    connector.disconnect();
    expect((await connecting).destroyed).toBe(true);
    expect(connector.firstError?.message).toMatch(/slot 7: ECONNREFUSED$/);
  });

  it('stays with masters', () => {
    const connector = connectorOf(async () => ClusterView.of([], seed));
    expect(connector.check({ role: 'slave' })).toBe(false);
    expect(connector.check({ role: 'master' })).toBe(true);
    expect(connector.check({})).toBe(true);
  });
});
