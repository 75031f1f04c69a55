import type { Aggregate, Operand } from '../rules/scaling-rules.js';
import type { MetricHistory } from './metric-history.js';

/** An operand as it was read for a decision. */
export type OperandReading =
  | { readonly name: string; readonly value: number; readonly ageMs: number }
  | { readonly name: string; readonly value: undefined; readonly why: string };

/**
 * Reads an operand. The window ends with the newest measurement, so that one that is a little late is read as
 * it was; a newest one older than two windows is no measurement of now.
 */
export function readOperand(operand: Operand, history: MetricHistory, now: number): OperandReading {
  const { name, role, metric, aggregate, windowMs } = operand;
  const newest = history.newest(role, metric, now);
  if (newest === undefined) return { name, value: undefined, why: `${metric} was never measured` };
  const ageMs = now - newest.at;
  if (ageMs > 2 * windowMs) {
    const why = `${metric} was last measured ${Math.round(ageMs / 1_000)} s ago, more than two windows`;
    return { name, value: undefined, why };
  }
  const samples = history.between(role, metric, newest.at - windowMs, newest.at);
  const values = samples.map(({ value }) => value);
  return { name, value: aggregates[aggregate](values), ageMs };
}

/** Of the values of a window, in the order of time; there is at least one. */
const aggregates: Readonly<Record<Aggregate, (values: readonly number[]) => number>> = {
  average: (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
  min: (values) => values.reduce((least, value) => Math.min(least, value), Infinity),
  max: (values) => values.reduce((most, value) => Math.max(most, value), -Infinity),
  last: (values) => values.at(-1) ?? 0,
  count: (values) => values.length,
  growth: (values) => (values.at(-1) ?? 0) - (values[0] ?? 0),
};
