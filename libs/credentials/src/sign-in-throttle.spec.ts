import { beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '#libs/testing';
import { SignInThrottle } from './sign-in-throttle.js';

describe('SignInThrottle', () => {
  let clock: ManualClock;
  let throttle: SignInThrottle;
  beforeEach(() => {
    clock = new ManualClock();
    throttle = new SignInThrottle(clock);
  });

  function attempt(times: number, email: string, address: string): void {
    for (let count = 0; count < times; count += 1) throttle.begin(email, address);
  }

  it('refuses the eleventh attempt of an e-mail from one address, and says how long', () => {
    attempt(10, 'a@x', '10.0.0.1');
    clock.advance(60_000);
    expect(() => throttle.begin('a@x', '10.0.0.1')).toThrow(
      expect.objectContaining({ code: 'identity.too-many-attempts', retryAfterSeconds: 840 }),
    );
    clock.advance(14 * 60_000);
    attempt(1, 'a@x', '10.0.0.1');
  });

  it('does not let a stranger lock a user out', () => {
    attempt(10, 'a@x', '10.0.0.1');
    expect(() => throttle.begin('a@x', '10.0.0.2')).not.toThrow();
  });

  it('bounds what one address may try on all users together', () => {
    for (let user = 0; user < 100; user += 1) throttle.begin(`${user}@x`, '10.0.0.1');
    expect(() => throttle.begin('new@x', '10.0.0.1')).toThrow('Too many attempts');
    attempt(1, 'new@x', '10.0.0.2');
  });

  it('forgives after a success', () => {
    attempt(9, 'a@x', '10.0.0.1');
    throttle.succeeded('a@x', '10.0.0.1');
    expect(() => attempt(10, 'a@x', '10.0.0.1')).not.toThrow();
  });

  it('takes the addresses of one IPv6 network for one', () => {
    attempt(5, 'a@x', '2001:db8:1:2::1');
    attempt(5, 'a@x', '2001:db8:1:2:ffff:0:0:7');
    expect(() => throttle.begin('a@x', '2001:db8:1:2:3::')).toThrow('Too many attempts');
    attempt(1, 'a@x', '2001:db8:1:3::1');
  });

  it('bounds what all addresses together may try on one user', () => {
    for (let host = 0; host < 50; host += 1) throttle.begin('a@x', `10.0.1.${host}`);
    expect(() => throttle.begin('a@x', '10.0.2.1')).toThrow('Too many attempts');
    expect(() => throttle.begin('b@x', '10.0.2.1')).not.toThrow();
    clock.advance(15 * 60_000);
    expect(() => throttle.begin('a@x', '10.0.2.1')).not.toThrow();
  });

  it('lets a user in from where the user has signed in before, however many strangers try', () => {
    throttle.begin('a@x', '10.0.0.1');
    throttle.succeeded('a@x', '10.0.0.1');
    for (let host = 0; host < 50; host += 1) throttle.begin('a@x', `10.0.1.${host}`);
    expect(() => throttle.begin('a@x', '10.0.2.1')).toThrow('Too many attempts');
    attempt(10, 'a@x', '10.0.0.1');
    expect(() => throttle.begin('a@x', '10.0.0.1')).toThrow('Too many attempts');
  });

  it('holds a bounded number of attempts, and forgets the oldest first', () => {
    attempt(10, 'old@x', '10.0.0.1');
    for (let bot = 0; bot < 6_600; bot += 1) throttle.begin(`bot${bot}@x`, `net${bot}`);
    attempt(10, 'new@x', '10.0.0.2');
    expect(() => throttle.begin('old@x', '10.0.0.1')).toThrow('Too many attempts');
    for (let bot = 6_600; bot < 6_700; bot += 1) throttle.begin(`bot${bot}@x`, `net${bot}`);
    expect(() => throttle.begin('new@x', '10.0.0.2')).toThrow('Too many attempts');
    attempt(10, 'old@x', '10.0.0.1');
  });

  it('holds a bounded number of places to sign in from, and forgets the oldest first', () => {
    const signIn = (email: string, address: string): void => {
      throttle.begin(email, address);
      throttle.succeeded(email, address);
    };
    signIn('a@x', '10.0.0.1');
    for (let user = 0; user < 20_000; user += 1) signIn(`${user}@x`, `net${user}`);
    for (let host = 0; host < 50; host += 1) throttle.begin('a@x', `10.0.1.${host}`);
    expect(() => throttle.begin('a@x', '10.0.0.1')).toThrow('Too many attempts');
  });
});
