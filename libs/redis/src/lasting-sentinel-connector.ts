import { SentinelConnector, type SentinelConnectionOptions } from 'ioredis';

/**
 * The connector of ioredis, without a trap. In 6.0.0 the failover detector of a connection outlives it
 * (https://github.com/redis/ioredis/pull/2198). When it hears of the failover while the primary is being
 * looked for again, it closes the connector; ioredis takes that for the wish of the owner, and the
 * client never connects again. So the detector goes before the search begins; the next connection gets
 * one of its own.
 */
export class LastingSentinelConnector extends SentinelConnector {
  constructor(options: unknown) {
    super(options as SentinelConnectionOptions);
  }

  override connect(
    ...args: Parameters<SentinelConnector['connect']>
  ): ReturnType<SentinelConnector['connect']> {
    // Private in the types; there is no other way to reach it.
    const { failoverDetector } = this as unknown as {
      readonly failoverDetector: { cleanup(): void } | null;
    };
    failoverDetector?.cleanup();
    return super.connect(...args);
  }
}
