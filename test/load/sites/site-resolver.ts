import type { DnsDaemon } from '../traffic/dns-daemons.js';

const CLIENT = '127.0.0.1';

/** A client that resolves a name, and keeps an answer for as long as it was told to, neither shorter nor longer. */
export class SiteResolver {
  private held: { readonly address: string; readonly untilMs: number } | undefined;

  constructor(
    private readonly daemon: DnsDaemon,
    private readonly host: string,
  ) {}

  /** Without an answer it goes on with the last one, as resolvers do; rejects when there was none. */
  async address(): Promise<string> {
    const askedMs = performance.now();
    if (this.held !== undefined && askedMs < this.held.untilMs) return this.held.address;
    const answer = await this.daemon.ask(this.host, CLIENT);
    const address = answer?.addresses[0];
    if (answer !== undefined && address !== undefined) {
      this.held = { address, untilMs: askedMs + answer.ttlS * 1_000 };
    }
    if (this.held === undefined) throw new Error(`${this.host} has no address`);
    return this.held.address;
  }
}
