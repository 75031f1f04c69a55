interface MetricDefinitionBase<Label extends string> {
  /** Prometheus name: `lockstep_<area>_<what>_<unit>`, counters end in `_total`. */
  readonly name: string;
  readonly help: string;
  /** Names of labels; their values must come from a small bounded set. */
  readonly labels?: readonly Label[];
}

export interface CounterDefinition<Label extends string> extends MetricDefinitionBase<Label> {
  readonly type: 'counter';
}

export interface GaugeDefinition<Label extends string> extends MetricDefinitionBase<Label> {
  readonly type: 'gauge';
}

export interface HistogramDefinition<Label extends string> extends MetricDefinitionBase<Label> {
  readonly type: 'histogram';
  readonly buckets: readonly number[];
}

export type MetricDefinition<Label extends string = string> =
  CounterDefinition<Label> | GaugeDefinition<Label> | HistogramDefinition<Label>;

/** The metrics of one lib, by the name the code uses. */
export type MetricDefinitions = Readonly<Record<string, MetricDefinition>>;

/**
 * Declares the metrics of one lib: the only place where their Prometheus names are written down.
 * Definitions are plain data; `Metrics.register` makes them count in one process.
 */
export function defineMetrics<const Definitions extends MetricDefinitions>(
  definitions: Definitions,
): Definitions {
  return definitions;
}

/** Seconds; from half a millisecond (a cache hit) to ten seconds. */
export const LATENCY_BUCKETS_S = [
  0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
] as const;
