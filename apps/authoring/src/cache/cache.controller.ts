import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { cacheErrors, CoherentCache, EVERYTHING, regionTag, type EntryReport } from '#libs/cache';
import { RuntimeConfig } from '#libs/config';
import { UnitOfWork } from '#libs/database';
import { FleetInspector, fleetErrors, ReplicaList } from '#libs/fleet';
import { Answers, RequirePermission } from '#libs/http';
import { currentContext } from '#libs/kernel';
import {
  cacheAnswer,
  entryAnswer,
  entryQuery,
  invalidateBody,
  invalidatedAnswer,
  regionParams,
  type CacheAnswer,
  type EntryAnswer,
  type EntryQuery,
  type InvalidateBody,
  type InvalidatedAnswer,
  type RegionParams,
} from './cache.schemas.js';

@ApiTags('Cache')
@Controller('cache')
export class CacheController {
  constructor(
    private readonly replicas: ReplicaList,
    private readonly inspector: FleetInspector,
    private readonly cache: CoherentCache,
    private readonly runtime: RuntimeConfig,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  @Get()
  @RequirePermission('cache:region:read')
  @ApiOperation({ summary: 'Show what the caches hold' })
  @Answers(200, cacheAnswer, 'What every replica holds, as it last reported it.')
  async show(): Promise<CacheAnswer> {
    const replicas = await this.replicas.list();
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
  @ApiOperation({ summary: 'Void what is tagged, on every replica' })
  @Answers(200, invalidatedAnswer, 'It is void on every replica.')
  async invalidate(
    @Body({ schema: invalidateBody }) body: InvalidateBody,
  ): Promise<InvalidatedAnswer> {
    if ('region' in body) await this.requireRegion(body.region);
    await this.unitOfWork.run((tx) => {
      tx.invalidate(...tagsOf(body));
      tx.audit({
        action: 'cache:tag:invalidate',
        entity: 'cache',
        entityId: 'region' in body ? body.region : 'all' in body ? 'all' : 'tags',
        after: body,
      });
      return Promise.resolve();
    });
    return { position: currentContext()?.position ?? 0 };
  }

  @Get(':region')
  @RequirePermission('cache:region:read')
  @ApiOperation({ summary: 'Look at one cached entry' })
  @Answers(200, entryAnswer, 'What one replica holds under a key at the moment.')
  async inspect(
    @Param({ schema: regionParams }) { region }: RegionParams,
    @Query({ schema: entryQuery }) { key, replica = this.runtime.replicaId }: EntryQuery,
  ): Promise<EntryAnswer> {
    const replicas = await this.replicas.list();
    if (replica !== this.runtime.replicaId && !replicas.some(({ id }) => id === replica)) {
      throw fleetErrors.replicaNotFound({ details: { replica } });
    }
    const { isRegionKnown, entry } = await this.inspector.inspect(replica, region, key);
    if (!isRegionKnown) throw cacheErrors.regionNotFound({ details: { region, replica } });
    return { replica, region, key, entry: entry === undefined ? null : shown(entry) };
  }

  /** A name that nobody knows is a mistake in writing, and would void nothing. */
  private async requireRegion(region: string): Promise<void> {
    const known = new Set(this.cache.readerStates().map(({ name }) => name));
    for (const { status } of await this.replicas.list()) {
      for (const { name } of status.readers) known.add(name);
    }
    if (!known.has(region)) throw cacheErrors.regionNotFound({ details: { region } });
  }
}

function tagsOf(body: InvalidateBody): readonly string[] {
  if ('tags' in body) return body.tags;
  return 'region' in body ? [regionTag(body.region)] : [EVERYTHING];
}

function shown({ valueJson, ...entry }: EntryReport): NonNullable<EntryAnswer['entry']> {
  if (valueJson === undefined) return entry;
  const value: unknown = JSON.parse(valueJson);
  return { ...entry, value };
}
