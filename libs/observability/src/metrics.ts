import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { withDeadline, type MaybePromise } from '#libs/kernel';
import type {
  CounterDefinition,
  GaugeDefinition,
  HistogramDefinition,
  MetricDefinition,
  MetricDefinitions,
} from './metric-definitions.js';
import { observabilityMetrics } from './observability.metrics.js';

type Registered<Definition> =
  Definition extends CounterDefinition<infer Label>
    ? Counter<Label>
    : Definition extends GaugeDefinition<infer Label>
      ? Gauge<Label>
      : Definition extends HistogramDefinition<infer Label>
        ? Histogram<Label>
        : never;

/** Live metrics of one lib, by the names of its definitions. */
export type RegisteredMetrics<Definitions extends MetricDefinitions> = {
  readonly [Name in keyof Definitions]: Registered<Definitions[Name]>;
};

/** Sets gauges when somebody reads `/metrics`, for values that are cheaper asked than tracked. */
export type GaugeCollectors<Definitions extends MetricDefinitions> = {
  readonly [
    Name in keyof Definitions as Definitions[Name] extends GaugeDefinition<string> ? Name : never
  ]?: (gauge: Registered<Definitions[Name]>) => MaybePromise<void>;
};

/** A collector that is slower than this is left out of the answer. */
const COLLECT_TIMEOUT_MS = 1000;

/** All metrics of one process. */
export class Metrics {
  private readonly registry = new Registry();
  private readonly sets = new WeakMap<MetricDefinitions, Readonly<Record<string, unknown>>>();
  private readonly collectors: (() => MaybePromise<void>)[] = [];

  /** Adds what Node.js knows about the process: memory, CPU, event-loop lag, garbage collection. */
  collectProcessMetrics(): void {
    collectDefaultMetrics({ register: this.registry });
  }

  /** Puts labels on every series of the process, for instance the role that every rule groups by. */
  labelAll(labels: Readonly<Record<string, string>>): void {
    this.registry.setDefaultLabels(labels);
  }

  /**
   * Makes the metrics of a lib count here. The same definitions answer the same metrics again;
   * two definitions with one Prometheus name are a defect and throw.
   */
  register<const Definitions extends MetricDefinitions>(
    definitions: Definitions,
    collectors: GaugeCollectors<Definitions> = {},
  ): RegisteredMetrics<Definitions> {
    const known = this.sets.get(definitions);
    const set =
      known ??
      Object.fromEntries(
        Object.entries(definitions).map(([name, definition]) => [name, this.create(definition)]),
      );
    this.sets.set(definitions, set);
    // Sound because `create` makes the class that the type of the definition names.
    const registered = set as RegisteredMetrics<Definitions>;
    for (const [name, collect] of Object.entries(collectors)) {
      const collector = collect as (gauge: unknown) => MaybePromise<void>;
      this.collectors.push(() => collector(set[name]));
    }
    return registered;
  }

  /** Runs `collect` before each reading, for what is counted elsewhere more cheaply than here. */
  beforeReading(collect: () => MaybePromise<void>): void {
    this.collectors.push(collect);
  }

  /** The text that Prometheus reads. A collector that fails or hangs costs only its own gauge. */
  async render(): Promise<{ readonly contentType: string; readonly body: string }> {
    const { collectFailures } = this.register(observabilityMetrics);
    await Promise.all(
      this.collectors.map(async (collect) => {
        try {
          await withDeadline(Promise.resolve(collect()), COLLECT_TIMEOUT_MS, 'a gauge');
        } catch {
          collectFailures.inc(); // the reader must still get everything else
        }
      }),
    );
    return { contentType: this.registry.contentType, body: await this.registry.metrics() };
  }

  private create(definition: MetricDefinition): Counter | Gauge | Histogram {
    const options = {
      name: definition.name,
      help: definition.help,
      labelNames: definition.labels ?? [],
      registers: [this.registry],
    };
    switch (definition.type) {
      case 'counter':
        return new Counter(options);
      case 'gauge':
        return new Gauge(options);
      case 'histogram':
        return new Histogram({ ...options, buckets: [...definition.buckets] });
    }
  }
}
