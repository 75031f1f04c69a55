import type { ScaledRole } from '../rules/scaling-rules.js';

/** One measurement of a whole role, or of the fleet as seen from it. */
export interface MetricSample {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly role: ScaledRole;
  readonly metric: string;
  readonly value: number;
}

/** What was measured, by metric and role, in the order of time. */
export class MetricHistory {
  private readonly series = new Map<string, MetricSample[]>();

  constructor(samples: Iterable<MetricSample> = []) {
    for (const sample of samples) this.add(sample);
  }

  /** Leaves out what is no number: it was not measured. */
  add(sample: MetricSample): void {
    if (!Number.isFinite(sample.value) || !Number.isFinite(sample.at)) return;
    const key = keyOf(sample.role, sample.metric);
    const series = this.series.get(key) ?? [];
    this.series.set(key, series);
    const index = series.findLastIndex(({ at }) => at <= sample.at);
    series.splice(index + 1, 0, sample);
  }

  /** After `from`, up to and including `until`. */
  between(role: ScaledRole, metric: string, from: number, until: number): MetricSample[] {
    const series = this.series.get(keyOf(role, metric)) ?? [];
    return series.filter(({ at }) => at > from && at <= until);
  }

  /** The newest that is not of the future. */
  newest(role: ScaledRole, metric: string, now: number): MetricSample | undefined {
    return this.series.get(keyOf(role, metric))?.findLast(({ at }) => at <= now);
  }

  /** Forgets what was measured at `until` or before. */
  forget(until: number): void {
    for (const [key, series] of this.series) {
      series.splice(0, series.findLastIndex(({ at }) => at <= until) + 1);
      if (series.length === 0) this.series.delete(key);
    }
  }
}

function keyOf(role: ScaledRole, metric: string): string {
  return `${role} ${metric}`;
}
