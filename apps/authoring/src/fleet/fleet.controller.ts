import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Doctor, ReplicaList, type ReplicaRecord } from '#libs/fleet';
import { RuntimeConfig } from '#libs/config';
import { Answers, RequirePermission } from '#libs/http';
import {
  doctorAnswer,
  fleetAnswer,
  type DoctorAnswer,
  type FleetAnswer,
  type ReplicaAnswer,
} from './fleet.schemas.js';

@ApiTags('Fleet')
@Controller('fleet')
export class FleetController {
  constructor(
    private readonly replicas: ReplicaList,
    private readonly runtime: RuntimeConfig,
    private readonly doctor: Doctor,
  ) {}

  @Get()
  @RequirePermission('fleet:replica:read')
  @ApiOperation({ summary: 'List the replicas' })
  @Answers(200, fleetAnswer, 'Every replica, of both roles, and how far its cache is.')
  async list(): Promise<FleetAnswer> {
    const replicas = await this.replicas.list();
    return { answeredBy: this.runtime.replicaId, replicas: replicas.map(toAnswer) };
  }

  @Get('doctor')
  @RequirePermission('fleet:replica:read')
  @ApiOperation({ summary: 'Compare the configuration with the machine' })
  @Answers(200, doctorAnswer, 'A finding for each check, and what to do where something is wrong.')
  async examine(): Promise<DoctorAnswer> {
    return { answeredBy: this.runtime.replicaId, findings: await this.doctor.examine() };
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
