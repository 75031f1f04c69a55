const readRules = 'libs/scaling/src/model/rules/read-rules.spec.ts';
const lease = 'libs/scaling/src/authoring/running/scaling-lease.int-spec.ts';
const api = 'apps/authoring/src/scaling/scaling-api.int-spec.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'scaling: a holder that stood still goes on writing',
    promise: 'heldBy: nothing matches once the lease has passed on',
    file: 'libs/database/src/unit-of-work/lease.ts',
    replace: [
      [
        'return sql`id = ${id} AND holder = ${holder} AND fence = ${fence}`',
        'return sql`id = ${id}`',
      ],
    ],
    suites: [lease],
  },
  {
    name: 'scaling: a holder that comes back writes what it began before',
    promise: 'HeldLease.fence: writes with a smaller one are refused',
    file: 'libs/database/src/unit-of-work/lease.ts',
    replace: [['AND holder = ${holder} AND fence = ${fence}`', 'AND holder = ${holder}`']],
    suites: [lease],
  },
  {
    name: 'scaling: everybody decides',
    promise: 'takeLease: answers false while another holder has it',
    file: 'libs/database/src/unit-of-work/lease.ts',
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
    replace: [['currentOf(rules, last, role) ?? there.alive', 'there.alive']],
    suites: [api],
  },
  {
    name: 'scaling: a replica that cannot read the rules keeps the lease',
    promise: 'ScalingRunner: leaves the lease to one that can',
    file: 'libs/scaling/src/authoring/running/scaling-runner.ts',
    replace: [
      ['    const rules = readRules(stored.content);\n', ''],
      [
        "    if (lease === undefined) return 'not-holder';\n",
        "    if (lease === undefined) return 'not-holder';\n    const rules = readRules(stored.content);\n",
      ],
    ],
    suites: [api],
  },
  {
    name: 'scaling: replicas that are gone are measured',
    promise: 'FleetMeasurements: makes measurements of what each replica says of itself',
    file: 'libs/scaling/src/authoring/running/fleet-measurements.ts',
    replace: [['replicas.filter(({ isAlive }) => isAlive)', 'replicas']],
    suites: [api],
  },
  {
    name: 'scaling: a role is scaled whose replicas could not be counted',
    promise: 'ScalingEvaluator: none that is alive could not be counted',
    file: 'libs/scaling/src/authoring/running/scaling-evaluator.ts',
    replace: [['return current === 0 ?', 'return current < 0 ?']],
    suites: [api],
  },
  {
    name: 'scaling: decisions wait until a clock is right',
    promise: 'laterThan: the times of two replicas differ a little',
    file: 'libs/scaling/src/authoring/running/scaling-decider.ts',
    replace: [['decidedAt - now < ORDINARY_MS', 'decidedAt < Infinity']],
    suites: [api],
  },
  {
    name: 'scaling: what is sent ahead is no load',
    promise: 'measureLoad: tells the load what is sent ahead of the router',
    file: 'libs/http/src/server/measure-load.ts',
    replace: [['  load.addRequests(() => front.sentAhead);\n', '']],
    suites: ['libs/http/src/output/output-front.int-spec.ts'],
  },
  {
    name: 'scaling: reading the metrics takes load away',
    promise: 'OutputFront.sentAhead: answers so far',
    file: 'libs/http/src/output/output-front.ts',
    replace: [['        this.told += sentAhead[status];\n', '']],
    suites: ['libs/http/src/output/output-front.int-spec.ts'],
  },
  {
    name: 'scaling: advice is repeated at every evaluation',
    promise: 'ScalingJournal.write: advice is given once',
    file: 'libs/scaling/src/authoring/running/scaling-journal.ts',
    replace: [
      [
        'before.mode === about.mode && before.desired[role] === desired',
        'before.mode === undefined',
      ],
    ],
    suites: [api],
  },
  {
    name: 'scaling: changes are kept no longer than evaluations',
    promise: 'ScalingPruner: evaluations that changed nothing',
    file: 'libs/scaling/src/authoring/running/scaling.pruner.ts',
    replace: [['is_change = 0 AND ', '']],
    suites: ['libs/scaling/src/authoring/running/scaling.pruner.int-spec.ts'],
  },
  {
    name: 'scaling: a job that runs has waited',
    promise: 'JobBacklog: the oldest that nobody has started',
    file: 'libs/jobs/src/outbox/outbox.repository.ts',
    replace: [["CASE WHEN state = 'active' THEN NULL", "CASE WHEN state = 'none' THEN NULL"]],
    suites: ['libs/jobs/src/outbox/job-backlog.int-spec.ts'],
  },
  {
    name: 'scaling: a report of load says nothing of the cache',
    promise: 'ReplicaStatusReport: how busy it was since the last report',
    file: 'libs/fleet/src/replicas/replica-status-report.ts',
    replace: [['misses: now.misses - before.misses', 'misses: 0']],
    suites: ['libs/fleet/src/replicas/replica-registry.int-spec.ts'],
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
    name: 'scaling: the sidecar scales the first role alone',
    promise: 'docker/scaler/scaler.sh: what is run must not read the lines that are still to come',
    file: 'docker/scaler/scaler.sh',
    replace: [['"$role=$count" </dev/null', '"$role=$count"']],
    suites: ['test/container/scaler.spec.ts'],
  },
  {
    name: 'scaling: the sidecar may do everything to Docker',
    promise: 'docker/scaler/docker-socket.cfg: what scaling needs, and nothing else',
    file: 'docker/scaler/docker-socket.cfg',
    replace: [['deny_status 403 unless reads asks', 'deny_status 403 if FALSE reads asks']],
    suites: ['test/container/docker-socket.spec.ts'],
  },
  {
    name: 'scaling: any name is taken for a setting',
    promise: 'RuntimeSettingEditor.set: throws scaling.setting-not-found',
    file: 'libs/scaling/src/authoring/settings/runtime-setting.editor.ts',
    replace: [['if (!isSettingName(name)) throw', 'if (name === "") throw']],
    suites: ['apps/authoring/src/scaling/scaling-api.int-spec.ts'],
  },
];
