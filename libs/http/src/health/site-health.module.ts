import { Controller, Get, Module, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { SiteHealth, type SiteReport } from '#libs/fleet';
import { Public } from '../routes/access.js';

/** What a DNS server asks that sends shoppers to one of several sites. */
@Public()
@ApiExcludeController()
@Controller()
class SiteHealthController {
  constructor(private readonly health: SiteHealth) {}

  /** 200 while the site can serve, else 503; whichever of its replicas answers. Never depends on Redis. */
  @Get('health/site')
  async site(@Res({ passthrough: true }) reply: FastifyReply): Promise<SiteReport> {
    const report = await this.health.report();
    void reply.status(report.isServing ? 200 : 503).header('cache-control', 'no-store');
    return report;
  }
}

/** `/health/site`. Needs `FleetModule` beside it. */
@Module({ controllers: [SiteHealthController] })
export class SiteHealthModule {}
