import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ReplicaRegistry, type ReplicaRecord } from '#libs/fleet';
import { RuntimeConfig } from '#libs/config';
import { Answers, RequirePermission } from '#libs/http';
import { fleetAnswer, type FleetAnswer, type ReplicaAnswer } from './fleet.schemas.js';

@ApiTags('Fleet')
@Controller('fleet')
export class FleetController {
  constructor(
    private readonly registry: ReplicaRegistry,
    private readonly runtime: RuntimeConfig,
  ) {}

  @Get()
  @RequirePermission('fleet:replica:read')
  @ApiOperation({ summary: 'List the replicas' })
  @Answers(200, fleetAnswer, 'Every replica, of both roles, and how far its cache is.')
  async list(): Promise<FleetAnswer> {
    const replicas = await this.registry.list();
    return { answeredBy: this.runtime.replicaId, replicas: replicas.map(toAnswer) };
  }
}

function toAnswer(replica: ReplicaRecord): ReplicaAnswer {
  const { position, lag, leaseAgeMs, copyLagMs, isLogReachable, backplane, hitRatio } =
    replica.status;
  return {
    id: replica.id,
    role: replica.role,
    version: replica.version,
    startedAt: new Date(replica.startedAt).toISOString(),
    seenAt: new Date(replica.seenAt).toISOString(),
    isAlive: replica.isAlive,
    position,
    lag,
    leaseAgeMs,
    copyLagMs,
    isLogReachable,
    backplane,
    hitRatio,
  };
}
