import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '#libs/config';
import { ManualClock } from '#libs/testing';
import { ClientMeters } from './client-meters.js';
import { RequestLimits, type AskingClient } from './request-limits.js';

const metersOf = () => new ClientMeters({ clock: new ManualClock(), maxClients: 100_000 });

function limitsWith(env: Readonly<Record<string, string>>, meters = metersOf()) {
  const { limits: config } = loadConfig({ REDIS_URL: 'redis://127.0.0.1:1', ...env }, 'commerce');
  const nothing = () => undefined;
  return new RequestLimits({
    config,
    limitOf: nothing,
    meters,
    onAdmitted: nothing,
    onRefused: nothing,
  });
}

const guest = (address: string): AskingClient => ({ address, credential: undefined });
const shopper = (address: string, credential: string): AskingClient => ({ address, credential });

describe('RequestLimits', () => {
  it('says how much is left, and when to come back', () => {
    const limits = limitsWith({ LIMIT_CARTS: '2' });
    const client = guest('192.0.2.1');
    expect(limits.take('carts', client)).toEqual({
      isAdmitted: true,
      policy: '"carts";q=2;w=60',
      state: '"carts";r=1;t=30',
      retryAfterS: 0,
    });
    limits.take('carts', client);
    expect(limits.take('carts', client)).toEqual({
      isAdmitted: false,
      policy: '"carts";q=2;w=60',
      state: '"carts";r=0;t=60',
      retryAfterS: 30,
    });
  });

  it('limits each kind of request by itself', () => {
    const limits = limitsWith({ LIMIT_CARTS: '1', LIMIT_READS: '1' });
    const client = guest('192.0.2.1');
    expect(limits.take('carts', client)?.isAdmitted).toBe(true);
    expect(limits.take('carts', client)?.isAdmitted).toBe(false);
    expect(limits.take('reads', client)?.isAdmitted).toBe(true);
  });

  it('tells shoppers of one network apart by what they send', () => {
    const limits = limitsWith({ LIMIT_CARTS: '1' });
    for (const name of ['ada', 'bob', 'cy']) {
      expect(limits.take('carts', shopper('192.0.2.1', name))?.isAdmitted).toBe(true);
      expect(limits.take('carts', shopper('192.0.2.1', name))?.isAdmitted).toBe(false);
    }
  });

  it('follows a credential from network to network', () => {
    const limits = limitsWith({ LIMIT_CARTS: '1' });
    expect(limits.take('carts', shopper('192.0.2.1', 'ada'))?.isAdmitted).toBe(true);
    expect(limits.take('carts', shopper('198.51.100.7', 'ada'))?.isAdmitted).toBe(false);
  });

  it('gives a network that invents credentials ten times as much, and no more', () => {
    const limits = limitsWith({ LIMIT_CARTS: '3' });
    const verdicts = Array.from({ length: 100 }, (_unused, index) =>
      limits.take('carts', shopper('192.0.2.1', `invented ${index}`)),
    );
    expect(verdicts.filter((verdict) => verdict?.isAdmitted)).toHaveLength(30);
    expect(verdicts.at(-1)?.policy).toBe('"carts-network";q=30;w=60');
    expect(limits.take('carts', shopper('198.51.100.7', 'ada'))?.isAdmitted).toBe(true);
  });

  it('holds nothing for what a network invents beyond that', () => {
    const meters = metersOf();
    const limits = limitsWith({ LIMIT_CARTS: '3' }, meters);
    for (let index = 0; index < 100; index += 1) {
      limits.take('carts', shopper('192.0.2.1', `invented ${index}`));
    }
    // The network, and the credentials that it was let through with.
    expect(meters.size).toBe(31);
  });

  it('counts signing in for the network, whatever is sent', () => {
    const limits = limitsWith({ LIMIT_SIGN_IN: '1' });
    expect(limits.take('sign-in', shopper('192.0.2.1', 'a'))?.isAdmitted).toBe(true);
    expect(limits.take('sign-in', shopper('192.0.2.1', 'b'))?.isAdmitted).toBe(false);
  });

  it('takes the addresses that one IPv6 user can choose from as one', () => {
    const limits = limitsWith({ LIMIT_READS: '1' });
    expect(limits.take('reads', guest('2001:db8::1'))?.isAdmitted).toBe(true);
    expect(limits.take('reads', guest('2001:db8:0:0:ffff::2'))?.isAdmitted).toBe(false);
    expect(limits.take('reads', guest('2001:db8:0:1::1'))?.isAdmitted).toBe(true);
  });

  it('limits nothing of clients that are exempt, and nothing where the limit is 0', () => {
    const limits = limitsWith({
      LIMIT_READS: '1',
      LIMIT_CARTS: '0',
      LIMIT_EXEMPT: '10.0.0.0/8,2001:db8::5',
    });
    const unlimited = [guest('10.1.2.3'), guest('2001:db8::5')];
    for (const client of [...unlimited, ...unlimited]) {
      expect(limits.take('reads', client)).toBeUndefined();
    }
    expect(limits.take('carts', guest('192.0.2.1'))).toBeUndefined();
    expect(limits.take('reads', guest('192.0.2.1'))?.isAdmitted).toBe(true);
    expect(limits.take('reads', guest('192.0.2.1'))?.isAdmitted).toBe(false);
  });
});
