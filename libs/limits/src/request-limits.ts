import { hash } from 'node:crypto';
import { BlockList, isIPv6 } from 'node:net';
import type { LimitName, LimitsConfig } from '#libs/config';
import { clientNetwork } from '#libs/kernel';
import type { ClientMeters, Measure } from './client-meters.js';
import { WINDOW_MS } from './meter.js';

/** What kind of request a route takes; undefined: one that is not limited. */
export type LimitOf = (method: string, url: string) => LimitName | undefined;

/** Who asks, as far as it can be told before anything has been looked up. */
export interface AskingClient {
  readonly address: string;
  /** As it was sent; it may be invented. */
  readonly credential: string | undefined;
}

export interface LimitVerdict {
  readonly isAdmitted: boolean;
  /** As in the header `RateLimit-Policy`. */
  readonly policy: string;
  /** As in the header `RateLimit`. */
  readonly state: string;
  /** Seconds; 0 when it is admitted. */
  readonly retryAfterS: number;
}

export interface RequestLimitsOptions {
  readonly config: LimitsConfig;
  readonly limitOf: LimitOf;
  readonly meters: ClientMeters;
  readonly onAdmitted: () => void;
  readonly onRefused: (name: LimitName) => void;
}

/** An office, a school, the exit of a provider: many shoppers, each with a credential of its own. */
const NETWORK_FACTOR = 10;
const MAX_CREDENTIAL_LENGTH = 500;
const MS_PER_S = 1_000;

/**
 * Says of each request, at once and from memory, whether its client has asked for too much of its kind.
 *
 * A client is the credential it sends, or else its network; all credentials of a network together may ask
 * ten times as much, so inventing them gains no more. Signing in counts for the network whatever is sent.
 */
export class RequestLimits {
  private readonly exempt = new BlockList();
  private readonly hasExempt: boolean;

  constructor(private readonly options: RequestLimitsOptions) {
    const { exempt } = options.config;
    this.hasExempt = exempt.length > 0;
    for (const item of exempt) {
      const [address = '', bits] = item.split('/');
      const family = isIPv6(address) ? 'ipv6' : 'ipv4';
      if (bits === undefined) this.exempt.addAddress(address, family);
      else this.exempt.addSubnet(address, Number(bits), family);
    }
  }

  limitOf(method: string, url: string): LimitName | undefined {
    return this.options.limitOf(method, url);
  }

  /** undefined: it is not limited. */
  take(name: LimitName, client: AskingClient): LimitVerdict | undefined {
    const { config, meters, onAdmitted, onRefused } = this.options;
    const quota = config.perMinute[name];
    if (quota === 0 || this.isExempt(client.address)) return undefined;
    const { isAdmitted, meter } = meters.take(measuresOf(name, quota, client));
    if (isAdmitted) onAdmitted();
    else onRefused(name);
    const told = meter.quota === quota ? name : `${name}-network`;
    return {
      isAdmitted,
      policy: `"${told}";q=${meter.quota};w=${WINDOW_MS / MS_PER_S}`,
      state: `"${told}";r=${meter.remaining};t=${Math.ceil(meter.emptyAfterMs / MS_PER_S)}`,
      retryAfterS: isAdmitted ? 0 : Math.max(1, Math.ceil(meter.roomAfterMs / MS_PER_S)),
    };
  }

  private isExempt(address: string): boolean {
    return this.hasExempt && this.exempt.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
  }
}

function measuresOf(
  name: LimitName,
  quota: number,
  { address, credential }: AskingClient,
): Measure[] {
  const network = clientNetwork(address);
  if (credential === undefined || name === 'sign-in') {
    return [{ key: keyOf(name, 'address', network), quota }];
  }
  const own = keyOf(name, 'credential', credential.slice(0, MAX_CREDENTIAL_LENGTH));
  // The network first: when it is refused, what it invents makes no replica forget other clients.
  return [
    { key: keyOf(name, 'network', network), quota: quota * NETWORK_FACTOR },
    { key: own, quota },
  ];
}

/** Goes to Redis: the credential cannot be found from it; an address could, by trying all there are. */
function keyOf(name: LimitName, kind: string, value: string): string {
  return `${name}:${hash('sha256', `${kind} ${value}`, 'base64url').slice(0, 22)}`;
}
