import { Global, Module } from '@nestjs/common';
import { Follower } from '#libs/cache';
import { POSITION_GATE } from './position-gate.js';

/**
 * Joins the HTTP surface to the coherent cache: a request that carries `Lockstep-Position` never sees
 * an older state. Needs `CacheModule` beside it.
 */
@Global()
@Module({
  providers: [{ provide: POSITION_GATE, useExisting: Follower }],
  exports: [POSITION_GATE],
})
export class CoherentHttpModule {}
