import { rolesOf, type ScaledRole, type ScalingRules } from '#libs/scaling';

/** What no rule can leave: a second fence around the decisions, kept by the platform. */
export interface GuardRange {
  readonly role: ScaledRole;
  readonly min: number;
  readonly max: number;
}

/** The least and the most that any constraint allows each role, whenever it holds. */
export function guardRanges(rules: ScalingRules): GuardRange[] {
  return rolesOf(rules).map((role) => {
    const ranges = rules.constraints.flatMap(({ isEnabled, ranges: all }) => {
      const range = all.get(role);
      return isEnabled && range !== undefined ? [range] : [];
    });
    return {
      role,
      min: Math.min(...ranges.map(({ min }) => min)),
      max: Math.max(...ranges.map(({ max }) => max)),
    };
  });
}
