import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ReplicaRegistry } from '#libs/cache';
import { UnitOfWork } from '#libs/database';
import { Answers, RequirePermission } from '#libs/http';
import { currentContext } from '#libs/kernel';
import {
  cacheAnswer,
  invalidateBody,
  invalidatedAnswer,
  type CacheAnswer,
  type InvalidateBody,
  type InvalidatedAnswer,
} from './cache.schemas.js';

@ApiTags('Cache')
@Controller('cache')
export class CacheController {
  constructor(
    private readonly registry: ReplicaRegistry,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  @Get()
  @RequirePermission('cache:region:read')
  @Answers(200, cacheAnswer, 'What every replica holds, as it last reported it.')
  async show(): Promise<CacheAnswer> {
    const replicas = await this.registry.list();
    return {
      replicas: replicas.map(({ id, role, seenAt, status }) => ({
        id,
        role,
        seenAt: new Date(seenAt).toISOString(),
        position: status.position,
        clears: status.clears,
        readers: status.readers.map(({ doomedLoads, ...reader }) => ({
          ...reader,
          overtakenLoads: doomedLoads,
        })),
      })),
    };
  }

  @Post('invalidate')
  @HttpCode(200)
  @RequirePermission('cache:tag:invalidate')
  @Answers(200, invalidatedAnswer, 'Everything under the tags is void on every replica.')
  async invalidate(
    @Body({ schema: invalidateBody }) { tags }: InvalidateBody,
  ): Promise<InvalidatedAnswer> {
    await this.unitOfWork.run((tx) => {
      tx.invalidate(...tags);
      tx.audit({
        action: 'cache:tag:invalidate',
        entity: 'cache',
        entityId: 'tags',
        after: { tags },
      });
      return Promise.resolve();
    });
    return { position: currentContext()?.position ?? 0 };
  }
}
