import type { Provider } from '@nestjs/common';
import { RuntimeConfig } from '#libs/config';
import { InstallationReader, InvalidationLog, PrimaryReader, UnitOfWork } from '#libs/database';
import { Metrics } from '#libs/observability';
import { RedisConnections, RedisNames } from '#libs/redis';
import { AnnouncementSeal } from '../core/publishing/announcement-seal.js';
import { CoherentCache } from '../coherent-cache.js';
import { Follower } from '../core/following/follower.js';
import { FleetInspector } from '../fleet/fleet-inspector.js';
import { RedisSharedStore } from '../shared/redis-shared-store.js';
import { SamplingVerifier } from '../verify/sampling-verifier.js';
import { verifyProviders } from '../verify/verify.providers.js';
import { UseRecorder } from '../warm/use-recorder.js';
import { WarmStart } from '../warm/warm-start.js';
import { warmProviders } from '../warm/warm.providers.js';
import { CacheUpkeep } from './cache-upkeep.js';
import { PrimaryWatch } from './primary-watch.js';

export const upkeepProviders: Provider[] = [
  {
    provide: FleetInspector,
    inject: [RuntimeConfig, RedisConnections, RedisNames, CoherentCache, InstallationReader],
    useFactory: async (
      { replicaId }: RuntimeConfig,
      connections: RedisConnections,
      names: RedisNames,
      cache: CoherentCache,
      installation: InstallationReader,
    ) =>
      new FleetInspector({
        replicaId,
        publisher: connections.open('backplane-publisher'),
        subscriber: connections.open('backplane-subscriber'),
        channelOf: (replica) => names.replicaChannel(replica),
        cache,
        seal: new AnnouncementSeal(await installation.get(), replicaId, 'inspection'),
      }),
  },
  ...verifyProviders,
  ...warmProviders,
  {
    provide: PrimaryWatch,
    inject: [PrimaryReader, UnitOfWork, Follower],
    useFactory: (reader: PrimaryReader, unitOfWork: UnitOfWork, follower: Follower) =>
      new PrimaryWatch(new InvalidationLog(reader, unitOfWork), follower),
  },
  {
    provide: CacheUpkeep,
    inject: [
      FleetInspector,
      SamplingVerifier,
      UseRecorder,
      WarmStart,
      RedisSharedStore,
      PrimaryWatch,
      Metrics,
    ],
    useFactory: (
      inspector: FleetInspector,
      verifier: SamplingVerifier,
      recorder: UseRecorder,
      warmStart: WarmStart,
      sharedStore: RedisSharedStore,
      primaryWatch: PrimaryWatch,
      metrics: Metrics,
    ) =>
      new CacheUpkeep({
        inspector,
        verifier,
        recorder,
        warmStart,
        sharedStore,
        primaryWatch,
        metrics,
      }),
  },
];
