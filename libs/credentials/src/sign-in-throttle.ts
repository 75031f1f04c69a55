import { clientNetwork, type Clock } from '#libs/kernel';
import { credentialsErrors } from './credentials.errors.js';

const WINDOW_MS = 15 * 60_000;
const MAX_PER_EMAIL_AND_ADDRESS = 10;
const MAX_PER_ADDRESS = 100;
const MAX_PER_EMAIL = 50;
const MAX_KEYS = 20_000;

interface Attempts {
  count: number;
  readonly windowEndsMs: number;
}

/**
 * Slows down guessing: at most 10 failed attempts per e-mail address and client address, 100 per
 * client address, and 50 per e-mail address from all clients together, in 15 minutes. An attempt
 * counts from its start, so guessing in parallel gains nothing.
 *
 * Kept in the memory of one replica, bounded: no outage of Redis or SQL can lock a user out or let
 * a stranger guess freely; behind a load balancer the limits hold per replica. The limit per e-mail
 * address does not count for client addresses the user has signed in from, so that strangers, many as
 * they are, do not lock users out of the office they always sign in from.
 */
export class SignInThrottle {
  private readonly attempts = new Map<string, Attempts>();
  /** Pairs that have signed in, latest last. */
  private readonly familiar = new Set<string>();

  constructor(private readonly clock: Clock) {}

  /** Counts an attempt. Throws `identity.too-many-attempts` when there were too many. */
  begin(email: string, address: string): void {
    const { pair, network, account } = keysOf(email, address);
    this.assertBelow(pair, MAX_PER_EMAIL_AND_ADDRESS);
    this.assertBelow(network, MAX_PER_ADDRESS);
    if (!this.familiar.has(pair)) this.assertBelow(account, MAX_PER_EMAIL);
    for (const key of [pair, network, account]) this.count(key);
  }

  /** The attempt was right: it does not count, and earlier mistakes are forgiven. */
  succeeded(email: string, address: string): void {
    const { pair, network, account } = keysOf(email, address);
    const forgiven = this.attempts.get(pair)?.count ?? 0;
    this.attempts.delete(pair);
    for (const key of [network, account]) {
      const all = this.attempts.get(key);
      if (all !== undefined) all.count = Math.max(0, all.count - forgiven);
    }
    this.remember(pair);
  }

  private remember(pair: string): void {
    this.familiar.delete(pair);
    this.familiar.add(pair);
    const [oldest] = this.familiar;
    if (this.familiar.size > MAX_KEYS && oldest !== undefined) this.familiar.delete(oldest);
  }

  private assertBelow(key: string, limit: number): void {
    const known = this.current(key);
    if (known === undefined || known.count < limit) return;
    const waitMs = known.windowEndsMs - this.clock.monotonicMs();
    throw credentialsErrors.tooManyAttempts({
      retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)),
    });
  }

  private count(key: string): void {
    const known = this.current(key);
    if (known !== undefined) {
      known.count += 1;
      return;
    }
    if (this.attempts.size >= MAX_KEYS) this.forgetOldest();
    this.attempts.set(key, { count: 1, windowEndsMs: this.clock.monotonicMs() + WINDOW_MS });
  }

  private current(key: string): Attempts | undefined {
    const known = this.attempts.get(key);
    if (known === undefined || known.windowEndsMs > this.clock.monotonicMs()) return known;
    this.attempts.delete(key);
    return undefined;
  }

  private forgetOldest(): void {
    const [oldest] = this.attempts.keys();
    if (oldest !== undefined) this.attempts.delete(oldest);
  }
}

function keysOf(email: string, address: string) {
  const network = clientNetwork(address);
  return {
    pair: `pair ${network} ${email}`,
    network: `network ${network}`,
    account: `account ${email}`,
  };
}
