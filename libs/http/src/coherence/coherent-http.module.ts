import { Global, Module } from '@nestjs/common';
import { Follower } from '#libs/cache';
import { InstallationReader } from '#libs/database';
import { POSITION_GATE, type PositionGate } from './position-gate.js';

/**
 * Joins the HTTP surface to the coherent cache: a request that carries `Lockstep-Position` never sees
 * an older state. Needs `CacheModule` and `DatabaseModule` beside it.
 */
@Global()
@Module({
  providers: [
    {
      provide: POSITION_GATE,
      inject: [Follower, InstallationReader],
      useFactory: async (
        follower: Follower,
        reader: InstallationReader,
      ): Promise<PositionGate> => ({
        installation: (await reader.get()).id,
        ensurePosition: (position) => follower.ensurePosition(position),
        hasReached: (position) => follower.hasReached(position),
      }),
    },
  ],
  exports: [POSITION_GATE],
})
export class CoherentHttpModule {}
