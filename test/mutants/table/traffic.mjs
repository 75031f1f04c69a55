const read = 'tools/traffic/read-traffic.spec.ts';
const files = 'tools/traffic/server-files.spec.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'traffic: a disabled site is answered',
    promise: 'TrafficProfile.endpoints: those that operators have enabled',
    file: 'tools/traffic/read-traffic.ts',
    replace: [['    .filter(({ enabled }) => enabled)\n', '']],
    suites: [read, files],
  },
  {
    name: 'traffic: priority counts for nothing',
    promise: 'TrafficProfile.endpoints: the most preferred first',
    file: 'tools/traffic/read-traffic.ts',
    replace: [['one.priority - other.priority', '0']],
    suites: [read],
  },
  {
    name: 'traffic: a wide network hides a narrow one',
    promise: 'TrafficProfile.networks: the narrowest first',
    file: 'tools/traffic/read-traffic.ts',
    replace: [
      [
        'other.network.prefixLength - one.network.prefixLength',
        'one.network.prefixLength - other.network.prefixLength',
      ],
    ],
    suites: [read],
  },
  {
    name: 'traffic: a profile without an enabled site',
    promise: 'readTraffic: throws with everything that is wrong',
    file: 'tools/traffic/read-traffic.ts',
    replace: [['if (!endpoints.some(({ enabled }) => enabled))', 'if (endpoints.length === 0)']],
    suites: [read],
  },
  {
    name: 'traffic: gdnsd counts failures that are not in succession',
    promise: 'TrafficProbe.failures: in succession',
    file: 'tools/traffic/gdnsd-files.ts',
    replace: [['ok_thresh => 1,', 'ok_thresh => 10,']],
    suites: [files],
  },
  {
    name: 'traffic: gdnsd takes half of the sites for none',
    promise: 'gdnsdFiles: treats all as up when all are down',
    file: 'tools/traffic/gdnsd-files.ts',
    replace: [["const ANY_IS_UP = '0.001';", "const ANY_IS_UP = '0.5';"]],
    suites: [files],
  },
  {
    name: 'traffic: PowerDNS answers with every site when all are down',
    promise: 'codeOf: the rule for "all are down" decides',
    file: 'tools/traffic/powerdns-files.ts',
    replace: [['if #up > 1 then return order[1] end return up', 'return up']],
    suites: [files],
  },
  {
    name: 'traffic: one string for all of the code',
    promise: 'quoted: as strings that are short enough',
    file: 'tools/traffic/powerdns-files.ts',
    replace: [['const MAX_STRING_LENGTH = 200;', 'const MAX_STRING_LENGTH = 2_000;']],
    suites: [files],
  },
  {
    name: 'traffic: k8gb has no primary',
    promise: 'gslbObjects: orders no further than the primary',
    file: 'tools/traffic/k8gb-manifests.ts',
    replace: [["{ type: 'failover', primaryGeoTag: endpoints[0]?.site }", "{ type: 'failover' }"]],
    suites: [files],
  },
];
