const read = 'tools/kubernetes/read-fleet.spec.ts';
const manifests = 'tools/kubernetes/fleet-manifests.spec.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'kubernetes: a role away while it is rolled',
    promise: 'deployment: never one fewer',
    file: 'tools/kubernetes/role-objects.ts',
    replace: [['maxUnavailable: 0', 'maxUnavailable: 1']],
    suites: [manifests],
  },
  {
    name: 'kubernetes: killed before it has stopped',
    promise: 'docs/kubernetes.md: Kubernetes waits longer than SHUTDOWN_TIMEOUT_MS',
    file: 'tools/kubernetes/role-objects.ts',
    replace: [['const KILL_MARGIN_S = 10;', 'const KILL_MARGIN_S = 0;']],
    suites: [manifests],
  },
  {
    name: 'kubernetes: a replica that waits for its database is ended',
    promise: 'probes: never one that waits for its database',
    file: 'tools/kubernetes/role-objects.ts',
    replace: [
      [
        "const live = { httpGet: { path: '/health/live'",
        "const live = { httpGet: { path: '/health/ready'",
      ],
    ],
    suites: [manifests],
  },
  {
    name: 'kubernetes: a release sets back what the autoscaler decided',
    promise: 'deployment: no number where an autoscaler decides',
    file: 'tools/kubernetes/role-objects.ts',
    replace: [
      [
        "plan.scaling.by === 'hand' ? { replicas: plan.scaling[name] } : {}",
        "plan.scaling.by === 'hand' ? { replicas: plan.scaling[name] } : { replicas: 1 }",
      ],
    ],
    suites: [manifests],
  },
  {
    name: 'kubernetes: a secret as a setting',
    promise: 'planRole: secrets by reference only',
    file: 'tools/kubernetes/plan-role.ts',
    replace: [['if (rows.get(key)?.secret !== undefined) {', 'if (!rows.has(key)) {']],
    suites: [read],
  },
  {
    name: 'kubernetes: one role in another namespace of Redis',
    promise: 'planRole: replicas agree on who they are to one another',
    file: 'tools/kubernetes/plan-role.ts',
    replace: [['if (key in own.settings) {', 'if (key in own.secrets) {']],
    suites: [read],
  },
  {
    name: 'kubernetes: less memory than the cache fills',
    promise: 'planRole: memory has room for CACHE_MAX_BYTES',
    file: 'tools/kubernetes/plan-role.ts',
    replace: [['2 * cacheMib + BESIDE_CACHE_MIB + recordsMib + indexMib;', 'cacheMib;']],
    suites: [read],
  },
  {
    name: 'kubernetes: every shopper is the gateway',
    promise: 'readFleet: TRUSTED_PROXIES where a gateway stands before the replicas',
    file: 'tools/kubernetes/read-fleet.ts',
    replace: [["if (settings['TRUSTED_PROXIES'] === undefined) {", 'if (false as boolean) {']],
    suites: [read],
  },
  {
    name: 'kubernetes: Kubernetes rewrites what a container is told',
    promise: 'literal: a container is told what was said',
    file: 'tools/kubernetes/pod-template.ts',
    replace: [["return text.replaceAll('$', '$$$$');", 'return text;']],
    suites: [manifests],
  },
  {
    name: 'kubernetes: a root file system that can be written',
    promise: 'podTemplate: no right that is not needed',
    file: 'tools/kubernetes/pod-template.ts',
    replace: [['readOnlyRootFilesystem: true', 'readOnlyRootFilesystem: false']],
    suites: [manifests],
  },
  {
    name: 'kubernetes: metrics of one replica for everybody',
    promise: 'httpRoutes: everything else is answered 404 by the gateway',
    file: 'tools/kubernetes/http-routes.ts',
    replace: [["const PATHS = ['/api', '/media', '/docs'];", "const PATHS = ['/'];"]],
    suites: [manifests],
  },
  {
    name: 'kubernetes: the schema is brought to a release once for all',
    promise: 'migrateJob: another release is another Job',
    file: 'tools/kubernetes/migrate-job.ts',
    replace: [['.update(JSON.stringify(spec))', '.update(component)']],
    suites: [manifests],
  },
];
