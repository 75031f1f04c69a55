import { Controller, Get, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { RuntimeConfig } from '#libs/config';
import { HealthRegistry, Metrics, type HealthReport } from '#libs/observability';
import { Public } from '../routes/access.js';

/** Paths that stand outside the version prefix. */
export const OPERATIONAL_PATHS = ['health/live', 'health/ready', 'health/site', 'metrics'];

interface Readiness extends HealthReport {
  readonly role: string;
  readonly replica: string;
}

/** What a load balancer, an orchestrator and Prometheus ask. */
@Public()
@ApiExcludeController()
@Controller()
export class HealthController {
  constructor(
    private readonly health: HealthRegistry,
    private readonly metrics: Metrics,
    private readonly runtime: RuntimeConfig,
  ) {}

  /** Answered means the event loop turns; nothing else is looked at. */
  @Get('health/live')
  live(@Res({ passthrough: true }) reply: FastifyReply): { readonly status: 'live' } {
    void reply.header('cache-control', 'no-store');
    return { status: 'live' };
  }

  /** 200 while the replica takes traffic, else 503. Never depends on Redis. */
  @Get('health/ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Readiness> {
    const report = await this.health.report();
    void reply.status(report.isReady ? 200 : 503).header('cache-control', 'no-store');
    return { ...report, role: this.runtime.role, replica: this.runtime.replicaId };
  }

  @Get('metrics')
  async readMetrics(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const { contentType, body } = await this.metrics.render();
    void reply.header('content-type', contentType).header('cache-control', 'no-store');
    return body;
  }
}
