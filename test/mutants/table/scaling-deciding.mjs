const decide = 'libs/scaling/src/model/deciding/decide.spec.ts';
const properties = 'libs/scaling/src/model/deciding/decide.properties.spec.ts';
const timetable = 'libs/scaling/src/model/rules/timetable.spec.ts';
const readRules = 'libs/scaling/src/model/rules/read-rules.spec.ts';
const decideRole = 'libs/scaling/src/model/deciding/decide-role.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'scaling: a reactive rule leaves the range',
    promise: 'decideRole: the constraint of the highest rank bounds the outcome',
    file: decideRole,
    replace: [
      ['Math.min(range.max, Math.max(range.min, current + step))', 'Math.max(1, current + step)'],
    ],
    suites: [properties],
  },
  {
    name: 'scaling: the lowest constraint bounds',
    promise: 'decideRole: the constraint of the highest rank bounds the outcome',
    file: decideRole,
    replace: [
      [
        '.sort((one, other) => other.rank - one.rank);',
        '.sort((one, other) => one.rank - other.rank);',
      ],
    ],
    suites: [decide],
  },
  {
    name: 'scaling: the smallest increase is taken',
    promise: 'decideRole: the largest increase, or the smallest decrease when none increases',
    file: decideRole,
    replace: [['|| other.step - one.step ||', '|| one.step - other.step ||']],
    suites: [decide],
  },
  {
    name: 'scaling: ranks of reactive rules do not count',
    promise: 'decideRole: of the reactive rules the highest rank is heard',
    file: decideRole,
    replace: [['other.rank - one.rank || other.step', 'other.step']],
    suites: [decide],
  },
  {
    name: 'scaling: no cool-down',
    promise: 'decideRole: cool-down holds back what a reactive rule wants',
    file: decideRole,
    replace: [['now - scaledAt < waitMs', 'now < scaledAt']],
    suites: [decide],
  },
  {
    name: 'scaling: the last ready replica goes',
    promise: 'decideRole: no decrease could take away every replica that is ready',
    file: decideRole,
    replace: [['most - Math.max(0, ready - 1)', '1']],
    suites: [properties],
  },
  {
    name: 'scaling: replicas that should have gone are forgotten',
    promise: 'withReadyLeft: they are more than the decision takes away',
    file: decideRole,
    replace: [['Math.max(current, alive)', 'current']],
    suites: [decide],
  },
  {
    name: 'scaling: every hour is one of UTC',
    promise: 'ScalingRules.hour: by the clock of a time zone',
    file: decideRole,
    replace: [['minuteOfHour(hour.timeZone, now)', "minuteOfHour('UTC', now)"]],
    suites: [decide],
  },
  {
    name: 'scaling: measurements of the future are read',
    promise: 'MetricHistory.newest: the newest that is not of the future',
    file: 'libs/scaling/src/model/deciding/metric-history.ts',
    replace: [['?.findLast(({ at }) => at <= now)', '?.at(-1)']],
    suites: [decide],
  },
  {
    name: 'scaling: a cool-down of the future lasts',
    promise: 'heldBack: waiting for it could take for ever',
    file: decideRole,
    replace: [['scaledAt !== undefined && scaledAt <= now &&', 'scaledAt !== undefined &&']],
    suites: [decide],
  },
  {
    name: 'scaling: old measurements go on deciding',
    promise: 'readOperand: one older than two windows is no measurement of now',
    file: 'libs/scaling/src/model/deciding/read-operand.ts',
    replace: [['if (ageMs > 2 * windowMs) {', 'if (ageMs < 0) {']],
    suites: [decide],
  },
  {
    name: 'scaling: a setting follows the last that speaks',
    promise: 'decide: a setting is changed by the first rule that speaks of it',
    file: 'libs/scaling/src/model/deciding/decide.ts',
    replace: [['if (first === undefined) spoken', 'if (first?.isOn !== isOn) spoken']],
    suites: [decide],
  },
  {
    name: 'scaling: timetables know no zone',
    promise: 'isWithin: spans begin by the clock of a time zone',
    file: 'libs/scaling/src/model/rules/timetable.ts',
    replace: [['    tz: timeZone,', "    tz: 'UTC',"]],
    suites: [timetable],
    isQuick: true,
  },
  {
    name: 'scaling: a span is remembered for too long',
    promise: 'stretchAt: for how long that stays as it is',
    file: 'libs/scaling/src/model/rules/timetable.ts',
    replace: [['until: begin + span.forMs', 'until: begin + 2 * span.forMs']],
    suites: [timetable],
    isQuick: true,
  },
  {
    name: 'scaling: a beginning that the clock skips is lost',
    promise: 'firstBetween: takes place an hour later by that clock',
    file: 'libs/scaling/src/model/rules/timetable.ts',
    replace: [['new Date(from - LONGEST_JUMP_MS)', 'new Date(from)']],
    suites: [timetable],
    isQuick: true,
  },
  {
    name: 'scaling: a document that nobody can read ends the parser',
    promise: 'readRules: throws scaling.rules-invalid with what is wrong',
    file: 'libs/scaling/src/model/rules/read-document.ts',
    replace: [
      [
        '    return broken([wholly(error instanceof',
        '    throw error;\n    return broken([wholly(error instanceof',
      ],
    ],
    suites: [readRules],
    isQuick: true,
  },
  {
    name: 'scaling: a role without bounds',
    promise: 'compileRules: a role without a range that always holds is refused',
    file: 'libs/scaling/src/model/rules/compile-rules.ts',
    replace: [['    if (!bounded.has(role)) {', '    if (bounded.size > 9) {']],
    suites: [readRules],
    isQuick: true,
  },
  {
    name: 'scaling: the age of a decision that was never made is 0',
    promise: 'lockstep_scaling_decision_age_seconds: absent before the first time',
    file: 'libs/scaling/src/authoring/scaling-gauges.ts',
    replace: [['        decisionAge.remove();', '        decisionAge.reset();']],
    suites: ['apps/authoring/src/scaling/scaling-api.int-spec.ts'],
  },
];
