const decide = 'libs/scaling/src/model/deciding/decide.spec.ts';
const properties = 'libs/scaling/src/model/deciding/decide.properties.spec.ts';
const timetable = 'libs/scaling/src/model/rules/timetable.spec.ts';
const readRules = 'libs/scaling/src/model/rules/read-rules.spec.ts';
const lease = 'libs/scaling/src/authoring/running/scaling-lease.int-spec.ts';
const api = 'apps/authoring/src/scaling/scaling-api.int-spec.ts';
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
    isQuick: true,
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
    isQuick: true,
  },
  {
    name: 'scaling: the smallest increase is taken',
    promise: 'decideRole: the largest increase, or the smallest decrease when none increases',
    file: decideRole,
    replace: [['|| other.step - one.step ||', '|| one.step - other.step ||']],
    suites: [decide],
    isQuick: true,
  },
  {
    name: 'scaling: ranks of reactive rules do not count',
    promise: 'decideRole: of the reactive rules the highest rank is heard',
    file: decideRole,
    replace: [['other.rank - one.rank || other.step', 'other.step']],
    suites: [decide],
    isQuick: true,
  },
  {
    name: 'scaling: no cool-down',
    promise: 'decideRole: cool-down holds back what a reactive rule wants',
    file: decideRole,
    replace: [['now - scaledAt < waitMs', 'now < scaledAt']],
    suites: [decide],
    isQuick: true,
  },
  {
    name: 'scaling: the last ready replica goes',
    promise: 'decideRole: no decrease could take away every replica that is ready',
    file: decideRole,
    replace: [['current - Math.max(0, ready - 1)', '1']],
    suites: [properties],
    isQuick: true,
  },
  {
    name: 'scaling: old measurements go on deciding',
    promise: 'readOperand: one older than two windows is no measurement of now',
    file: 'libs/scaling/src/model/deciding/read-operand.ts',
    replace: [['if (ageMs > 2 * windowMs) {', 'if (ageMs < 0) {']],
    suites: [decide],
    isQuick: true,
  },
  {
    name: 'scaling: a setting follows the last that speaks',
    promise: 'decide: a setting is changed by the first rule that speaks of it',
    file: 'libs/scaling/src/model/deciding/decide.ts',
    replace: [['if (first === undefined) spoken', 'if (first?.isOn !== isOn) spoken']],
    suites: [decide],
    isQuick: true,
  },
  {
    name: 'scaling: timetables know no zone',
    promise: 'isWithin: spans begin by the clock of a time zone',
    file: 'libs/scaling/src/model/rules/timetable.ts',
    replace: [['tz: timeZone, currentDate', "tz: 'UTC', currentDate"]],
    suites: [timetable],
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
    name: 'scaling: a holder that stood still goes on writing',
    promise: 'ScalingLeaseRepository.tryWrite: changes nothing when the lease has passed on',
    file: 'libs/scaling/src/authoring/running/scaling-lease.repository.ts',
    replace: [
      ['WHERE id = ${ID} AND holder = ${holder} AND fence = ${fence}`', 'WHERE id = ${ID}`'],
    ],
    suites: [lease],
  },
  {
    name: 'scaling: a holder that comes back writes what it began before',
    promise: 'HeldLease.fence: writes with a smaller one are refused',
    file: 'libs/scaling/src/authoring/running/scaling-lease.repository.ts',
    replace: [['AND holder = ${holder} AND fence = ${fence}`', 'AND holder = ${holder}`']],
    suites: [lease],
  },
  {
    name: 'scaling: everybody decides',
    promise: 'ScalingLeaseRepository.tryTake: undefined while another replica holds it',
    file: 'libs/scaling/src/authoring/running/scaling-lease.repository.ts',
    replace: [['(holder = ${holder} OR expires_at <= ${now})`', '(holder = ${holder} OR 1 = 1)`']],
    suites: [lease],
  },
  {
    name: 'scaling: advice is published as if it acted',
    promise: 'ScalingGauges: absent while the rules only advise',
    file: 'libs/scaling/src/authoring/scaling-gauges.ts',
    replace: [["        if (outcome.mode !== 'act') return;\n", '']],
    suites: [api],
  },
  {
    name: 'scaling: steps count from replicas that are not there yet',
    promise: 'ScalingEvaluator: while rules act, steps count from the number that was wanted last',
    file: 'libs/scaling/src/authoring/running/scaling-evaluator.ts',
    replace: [['current: wanted ?? there.current', 'current: there.current']],
    suites: [api],
  },
  {
    name: 'scaling: settings are written without voiding what was read',
    promise: 'RuntimeSettingEditor: switches on every replica within milliseconds',
    file: 'libs/scaling/src/authoring/settings/runtime-setting.editor.ts',
    replace: [['    tx.invalidate(scalingTags.settings());\n', '']],
    suites: ['apps/commerce/src/catalog/storefront.int-spec.ts'],
  },
  {
    name: 'scaling: the sidecar starts what somebody took down',
    promise: 'docker/scaler/scaler.sh: starting what does not run is not scaling',
    file: 'docker/scaler/scaler.sh',
    replace: [['    [ "$actual" -eq 0 ] && continue', '    [ "$actual" -lt 0 ] && continue']],
    suites: ['test/container/scaler.spec.ts'],
  },
  {
    name: 'scaling: the sidecar may do everything to Docker',
    promise: 'docker/scaler/docker-socket.cfg: what scaling needs, and nothing else',
    file: 'docker/scaler/docker-socket.cfg',
    replace: [['deny_status 403 unless reads asks', 'deny_status 403 if FALSE reads asks']],
    suites: ['test/container/docker-socket.spec.ts'],
  },
];
