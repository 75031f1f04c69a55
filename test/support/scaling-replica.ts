import { Module } from '@nestjs/common';
import { JobsAuthoringModule } from '#authoring/jobs';
import { sql, UnitOfWork } from '#libs/database';
import { JobsModule } from '#libs/jobs';
import { Metrics } from '#libs/observability';
import { IdentityApiModule } from '../../apps/authoring/src/identity/identity-api.module.js';
import { ScalingApiModule } from '../../apps/authoring/src/scaling/scaling-api.module.js';
import { startStaffReplica, type StaffReplica } from './staff-replica.js';

@Module({
  imports: [
    JobsModule.forRoot({ contracts: [] }),
    JobsAuthoringModule.forRoot(),
    IdentityApiModule,
    ScalingApiModule,
  ],
})
class ScalingWithApi {}

/** A replica with the scaling API that decides when a test makes it; it has no Redis. */
export function startScalingReplica(name: string, databaseUrl: string): Promise<StaffReplica> {
  return startStaffReplica({
    name,
    // Nothing here needs Redis, and nobody answers there.
    redisUrl: 'redis://127.0.0.1:1',
    databaseUrl,
    modules: [ScalingWithApi],
    // Ticks are made by hand.
    env: { SCALING_INTERVAL_MS: '600000', JOBS_WORKER: 'false' },
  });
}

/** Writes down a commerce replica as it would report itself. */
export function plantReplica(
  { app }: StaffReplica,
  id: string,
  { cpuPercent, seenAt }: { readonly cpuPercent: number; readonly seenAt: number },
): Promise<number> {
  const load = {
    cpuPercent,
    eventLoopDelayMs: 1,
    requestsPerSecond: 10,
    p99Ms: 5,
    hits: 9,
    misses: 1,
  };
  const status = {
    position: 0,
    lag: 0,
    leaseAgeMs: 0,
    isLogReachable: true,
    backplane: 'connected',
    clears: 0,
    hitRatio: null,
    readers: [],
    load: { ...load, isReady: true },
  };
  const row = { id, role: 'commerce', version: '1', started_at: 1, seen_at: seenAt };
  return app.get(UnitOfWork).run(async (tx) => {
    await tx.execute(sql`DELETE FROM replica WHERE id = ${id}`);
    return tx.execute(sql.insert('replica', [{ ...row, status_json: JSON.stringify(status) }]));
  });
}

/** What a replica publishes as the age of the last decision, in seconds; undefined when it publishes none. */
export async function decisionAge(replica: StaffReplica): Promise<number | undefined> {
  const metrics = replica.app.get(Metrics);
  // It is found out together with another one, and told at the next scrape.
  await metrics.render();
  const { body } = await metrics.render();
  const [, age] = /^lockstep_scaling_decision_age_seconds(?:\{.*\})? (\S+)$/m.exec(body) ?? [];
  return age === undefined ? undefined : Number(age);
}

/** How many replicas of each role a replica publishes as wanted. */
export async function desiredGauge(replica: StaffReplica): Promise<Record<string, number>> {
  const { body } = await replica.app.get(Metrics).render();
  const found = body.matchAll(/^lockstep_desired_replicas\{role="(\w+)"\} (\d+)$/gm);
  const counts = [...found].map(([, role = '', count]) => [role, Number(count)] as const);
  return Object.fromEntries<number>(counts);
}
