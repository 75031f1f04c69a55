import { z } from 'zod';
import { parseDuration } from './duration.js';
import { OPERAND_NAME } from './expression.js';
import {
  AGGREGATES,
  CUSTOM_METRIC,
  MEASURED_METRICS,
  SCALED_ROLES,
  SCALING_MODES,
} from './scaling-rules.js';

/** More replicas of one role than that is a slip of the pen. */
export const MAX_REPLICAS = 500;
const MAX_RULES = 200;
/** Each is read from SQL for every decision. */
const MAX_OPERANDS = 100;
const MAX_RANK = 1_000;

const name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9 ._-]{0,59}$/, 'a short name');
const rank = z.int().min(0).max(MAX_RANK).default(0);
const enabled = z.boolean().default(true);
const role = z.enum(SCALED_ROLES);
const condition = z.string().min(1).max(1_000);
const minutes = z.int().min(1).max(60);

const duration = z
  .string()
  .refine((text) => parseDuration(text) !== undefined, 'a time such as 90s, 10m, 1h30m or 2d')
  .meta({ pattern: '^(\\d+(ms|s|m|h|d))+$' });

const metric = z
  .string()
  .refine(
    (text) => Object.hasOwn(MEASURED_METRICS, text) || CUSTOM_METRIC.test(text),
    `one of ${Object.keys(MEASURED_METRICS).join(', ')}, or custom:<name>`,
  );

/** Longer ones are not kept. */
export const MAX_WINDOW_MS = 86_400_000;

const operand = z.strictObject({
  role,
  metric,
  aggregate: z.enum(AGGREGATES).default('average'),
  window: duration.refine((text) => (parseDuration(text) ?? 0) <= MAX_WINDOW_MS, 'at most 1d'),
});

const range = z
  .strictObject({
    min: z.int().min(1).max(MAX_REPLICAS),
    max: z.int().min(1).max(MAX_REPLICAS),
  })
  .refine(({ min, max }) => min <= max, 'min is greater than max');

const timetable = z
  .strictObject({
    from: z.iso.datetime({ offset: true }).optional(),
    until: z.iso.datetime({ offset: true }).optional(),
    cron: z.string().max(100).optional(),
    timeZone: z.string().max(60).optional(),
    for: duration.optional(),
  })
  .describe('A period, or spans that begin by cron in a time zone and last for a time.');

const constraint = z.strictObject({
  name,
  enabled,
  rank,
  when: timetable.optional(),
  if: condition.optional(),
  ranges: z.partialRecord(role, range),
});

const step = z.int().min(-MAX_REPLICAS).max(MAX_REPLICAS);
const scale = z.strictObject({
  target: z.string().max(60).describe('A role or a group.'),
  by: step.optional(),
  byPercent: z.number().min(-100).max(1_000).optional(),
});

const reactive = z.strictObject({
  name,
  enabled,
  rank,
  if: condition,
  scale: z.array(scale).max(10).default([]),
  changeSetting: z.record(z.string().max(60), z.boolean()).default({}),
  notify: z
    .strictObject({ message: z.string().min(1).max(500), every: duration.default('15m') })
    .optional(),
});

/** The document as people write it, in YAML or JSON. */
export const rulesSchema = z.strictObject({
  mode: z.enum(SCALING_MODES).default('advise'),
  coolDown: z
    .strictObject({ up: duration.default('3m'), down: duration.default('10m') })
    .prefault({}),
  hour: z
    .strictObject({
      upInFirst: minutes.optional(),
      downInLast: minutes.optional(),
      timeZone: z.string().max(60).default('UTC'),
    })
    .prefault({}),
  operands: z
    .record(z.string().regex(OPERAND_NAME, 'letters, digits and _'), operand)
    .refine((all) => Object.keys(all).length <= MAX_OPERANDS, `at most ${MAX_OPERANDS} operands`)
    .default({}),
  groups: z
    .record(name, z.partialRecord(role, z.number().positive().max(100)))
    .default({})
    .describe('Roles that are scaled together, each by its ratio of what a rule says.'),
  constraints: z.array(constraint).min(1).max(MAX_RULES),
  reactive: z.array(reactive).max(MAX_RULES).default([]),
});

export type RulesDocument = z.infer<typeof rulesSchema>;
