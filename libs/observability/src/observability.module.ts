import { Global, Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { RuntimeConfig, TracingConfig } from '#libs/config';
import { HealthRegistry } from './health-registry.js';
import { Logger, createLogger } from './logger.js';
import { Metrics } from './metrics.js';
import { ReplicaLoad } from './replica-load.js';
import { observabilityMetrics } from './observability.metrics.js';
import { openTracing } from './tracing/open-tracing.js';
import { Tracing } from './tracing/tracing.js';

/** Gives every module the log, the metrics, the traces and the health registry of the process. */
@Global()
@Module({
  providers: [
    {
      provide: Logger,
      inject: [RuntimeConfig],
      useFactory: ({ logLevel, role, replicaId }: RuntimeConfig) =>
        createLogger({ level: logLevel, role, replica: replicaId }),
    },
    Metrics,
    HealthRegistry,
    ReplicaLoad,
    {
      provide: Tracing,
      inject: [TracingConfig, RuntimeConfig, Metrics, Logger],
      useFactory: openTracing,
    },
  ],
  exports: [Logger, Metrics, HealthRegistry, ReplicaLoad, Tracing],
})
export class ObservabilityModule implements OnModuleInit, OnApplicationShutdown {
  constructor(
    private readonly metrics: Metrics,
    private readonly runtime: RuntimeConfig,
    private readonly load: ReplicaLoad,
    private readonly tracing: Tracing,
  ) {}

  onModuleInit(): void {
    const { role, replicaId } = this.runtime;
    this.metrics.labelAll({ role });
    this.metrics.collectProcessMetrics();
    const { replicaInfo } = this.metrics.register(observabilityMetrics);
    replicaInfo.set({ role, replica: replicaId, node: process.version }, 1);
    this.load.start();
  }

  async onApplicationShutdown(): Promise<void> {
    this.load.stop();
    await this.tracing.stop();
  }
}
