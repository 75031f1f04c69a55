import type { RecordedDecision } from '#authoring/scaling';
import { isoTime, pageFields, pageOf } from '#libs/http';
import { CUSTOM_METRIC, SCALED_ROLES, type Decision } from '#libs/scaling';
import { z } from 'zod';

const decisionFields = {
  at: z.iso.datetime(),
  operands: z.array(
    z.object({
      name: z.string(),
      value: z.number().nullable().describe('Null: it was not measured, or too long ago.'),
      why: z.string().nullable(),
    }),
  ),
  rules: z.array(
    z.object({
      rule: z.string(),
      kind: z.enum(['constraint', 'reactive']),
      rank: z.int(),
      outcome: z.enum(['matched', 'not-matched', 'frozen', 'disabled', 'inactive']),
      why: z.string(),
    }),
  ),
  roles: z.array(
    z.object({
      role: z.enum(SCALED_ROLES),
      current: z.int(),
      ready: z.int(),
      desired: z.int(),
      min: z.int(),
      max: z.int(),
      boundBy: z.string(),
      because: z.array(z.string()).describe('What led there, and what was dropped and why.'),
    }),
  ),
  settings: z.array(z.object({ setting: z.string(), isOn: z.boolean(), rule: z.string() })),
  notifications: z.array(z.object({ rule: z.string(), message: z.string() })),
  dropped: z.array(z.object({ rule: z.string(), what: z.string(), why: z.string() })),
};

export const dryRunAnswer = z.object(decisionFields);
export type DryRunAnswer = z.infer<typeof dryRunAnswer>;

export const decisionAnswer = z.object({
  id: z.uuid(),
  rulesVersion: z.int(),
  mode: z.enum(['off', 'advise', 'act']),
  isChange: z.boolean().describe('Something was changed, or would have been.'),
  fence: z.int().describe('Grows whenever another replica takes over deciding.'),
  ...decisionFields,
});
export type DecisionAnswer = z.infer<typeof decisionAnswer>;

export const decisionQuery = z.strictObject({
  ...pageFields,
  changes: z
    .enum(['true', 'false'])
    .optional()
    .describe('Only those that changed something, or only those that did not.'),
});
export type DecisionQuery = z.infer<typeof decisionQuery>;

export const decisionPage = pageOf(decisionAnswer);

export const desiredAnswer = z.object({
  items: z.array(z.object({ role: z.enum(SCALED_ROLES), replicas: z.int() })),
});
export type DesiredAnswer = z.infer<typeof desiredAnswer>;

export const samplesBody = z.strictObject({
  samples: z
    .array(
      z.strictObject({
        role: z.enum(SCALED_ROLES),
        metric: z.string().regex(CUSTOM_METRIC, 'custom:<name>'),
        value: z.number(),
      }),
    )
    .min(1)
    .max(100),
});
export type SamplesBody = z.infer<typeof samplesBody>;

export function dryRunAnswerOf(decision: Omit<Decision, 'memory'>): DryRunAnswer {
  return {
    at: isoTime(decision.at),
    operands: decision.operands.map((reading) => ({
      name: reading.name,
      value: reading.value ?? null,
      why: reading.value === undefined ? reading.why : null,
    })),
    rules: [...decision.rules],
    roles: decision.roles.map((role) => ({ ...role, because: [...role.because] })),
    settings: [...decision.settings],
    notifications: [...decision.notifications],
    dropped: [...decision.dropped],
  };
}

export function decisionAnswerOf(recorded: RecordedDecision): DecisionAnswer {
  const { id, rulesVersion, mode, isChange, fence, decision } = recorded;
  return { id, rulesVersion, mode, isChange, fence, ...dryRunAnswerOf(decision) };
}
