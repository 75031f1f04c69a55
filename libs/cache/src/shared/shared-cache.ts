import { Injectable } from '@nestjs/common';
import { cacheErrors } from '../cache.errors.js';
import { checkedDurationMs, type SharedEnvironment } from './shared-environment.js';
import { SharedRegion, type SharedRegionOptions, type SharedValue } from './shared-region.js';
import { SharedSeries, type SharedSeriesOptions } from './shared-series.js';

const REGION_NAME = /^[a-z0-9][a-z0-9.-]*$/;

/**
 * What must not be pinned to a replica: values and locks that every replica sees, in Redis. Domain libraries
 * ask it for a region, once, when they start. It is a disposable copy and may be away; see `SharedRegion`.
 */
@Injectable()
export class SharedCache {
  private readonly names = new Set<string>();

  constructor(private readonly environment: SharedEnvironment) {}

  /** Declares one kind of shared value. Throws when the name is taken or cannot be one. */
  region<Value extends SharedValue>(options: SharedRegionOptions<Value>): SharedRegion<Value> {
    const { name, ttlMs } = options;
    this.claim(name, ttlMs);
    return new SharedRegion(options, this.environment);
  }

  /** Declares one kind of shared series, as {@link region} does values. */
  series(options: SharedSeriesOptions): SharedSeries {
    this.claim(options.name, options.ttlMs);
    return new SharedSeries(options, this.environment);
  }

  private claim(name: string, ttlMs: number | undefined): void {
    if (!REGION_NAME.test(name)) {
      throw cacheErrors.sharedNameInvalid({ message: `"${name}" cannot name a shared region` });
    }
    if (this.names.has(name)) {
      throw cacheErrors.sharedRegionExists({ message: `a shared region "${name}" exists already` });
    }
    if (ttlMs !== undefined) checkedDurationMs(name, ttlMs);
    this.names.add(name);
  }
}
