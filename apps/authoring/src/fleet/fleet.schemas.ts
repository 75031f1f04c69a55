import { z } from 'zod';

export const replicaAnswer = z.object({
  id: z.string(),
  role: z.string().describe('`commerce` or `authoring`.'),
  version: z.string(),
  startedAt: z.iso.datetime(),
  seenAt: z.iso.datetime().describe('When the replica last reported itself (every 5 s).'),
  isAlive: z.boolean().describe('Seen within the last 16 s.'),
  position: z.int().describe('Everything up to here in the invalidation log is applied.'),
  lag: z.int().describe('Positions of the log it has seen but not reached.'),
  leaseAgeMs: z.int().nullable().describe('Age of its last successful follow of the log.'),
  copyLagMs: z
    .number()
    .nullable()
    .describe('How long its copy of the database has lacked a known commit; null without a copy.'),
  isLogReachable: z.boolean(),
  backplane: z.enum(['connecting', 'connected', 'silent', 'disconnected']),
  hitRatio: z.number().nullable().describe('Reads answered from memory since start, 0 to 1.'),
});
export type ReplicaAnswer = z.infer<typeof replicaAnswer>;

const findingAnswer = z.object({
  check: z.string(),
  status: z.enum(['ok', 'warning', 'failed']),
  found: z.string(),
  advice: z.string().optional().describe('What to do; only where something is to be done.'),
});

export const doctorAnswer = z.object({
  answeredBy: z.string().describe('The replica whose machine and configuration were looked at.'),
  findings: z.array(findingAnswer),
});
export type DoctorAnswer = z.infer<typeof doctorAnswer>;

export const fleetAnswer = z.object({
  answeredBy: z.string(),
  replicas: z.array(replicaAnswer),
});
export type FleetAnswer = z.infer<typeof fleetAnswer>;
