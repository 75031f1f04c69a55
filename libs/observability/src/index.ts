export {
  HealthRegistry,
  type CheckResult,
  type DegradationIndicator,
  type HealthReport,
  type ReadinessCheck,
  type ReplicaPhase,
} from './health-registry.js';
export { Logger, createLogger, type LogFields, type LoggerOptions } from './logger.js';
export {
  LATENCY_BUCKETS_S,
  defineMetrics,
  type MetricDefinition,
  type MetricDefinitions,
} from './metric-definitions.js';
export { Metrics, type GaugeCollectors, type RegisteredMetrics } from './metrics.js';
export { FEW_OPEN_FILES, openFileLimit } from './open-files.js';
export { ReplicaLoad, type LoadSnapshot } from './replica-load.js';
export { NestLogger } from './nest-logger.js';
export { ObservabilityModule } from './observability.module.js';
export { Tracing } from './tracing/tracing.js';
export type { OpenTrace, PastStep, TraceBeginning } from './tracing/trace-engine.js';
