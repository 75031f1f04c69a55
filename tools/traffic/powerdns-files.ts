import { join } from 'node:path';
import type { GeneratedFiles, ServerOptions } from './generated-files.js';
import type { TrafficEndpoint, TrafficPlan, TrafficProfile } from './traffic-plan.js';
import { zoneFile } from './zone-file.js';

/** A character string of DNS holds 255. */
const MAX_STRING_LENGTH = 200;

/**
 * The configuration directory of PowerDNS: a zone of Lua records. From version 5.0 on it waits for as many failures
 * as a probe says; before, the first takes a site out, and the shortest interval holds for all profiles.
 */
export function powerDnsFiles(plan: TrafficPlan, options: ServerOptions): GeneratedFiles {
  const { listen, directory, now } = options;
  const separator = listen.lastIndexOf(':');
  const intervalS = Math.min(...plan.profiles.map(({ probe }) => probe.intervalS));
  const zonePath = `zones/${plan.zone}`;
  const config = `launch=bind
bind-config=${join(directory, 'named.conf')}
# A zone file that has changed is read again by itself.
bind-check-interval=5
local-address=${listen.slice(0, separator)}
local-port=${listen.slice(separator + 1)}
enable-lua-records=yes
edns-subnet-processing=yes
lua-health-checks-interval=${intervalS}
# Probes begin with the first question for a name, and go on for a week without one.
lua-health-checks-expire-delay=604800
# Every answer is made for the client that asks, of what the probes say then.
cache-ttl=0
query-cache-ttl=0
negquery-cache-ttl=0
`;
  const named = `zone "${plan.zone}" { type native; file "${join(directory, zonePath)}"; };\n`;
  const zone = zoneFile(plan, now, (profile) => `IN LUA A ${quoted(codeOf(plan.zone, profile))}`);
  return new Map([
    ['pdns.conf', config],
    ['named.conf', named],
    [zonePath, zone],
  ]);
}

/**
 * What chooses the addresses. `ifurlup` answers with the first group that has a site which is up, or with the sites of
 * all groups when none is: then there are more than a group has, and the rule for "all are down" decides.
 */
function codeOf(zone: string, profile: TrafficProfile): string {
  const { endpoints, networks, policy } = profile;
  switch (policy) {
    case 'round robin':
      return `;return ${upOf(zone, profile, together(endpoints))}`;
    case 'weighted': {
      const weights = endpoints.map(({ address, weight }) => `['${address}']=${weight}`).join(', ');
      return `;local weights = { ${weights} } local choice = {} for _, address in ipairs(${upOf(zone, profile, together(endpoints))}) do choice[#choice + 1] = { weights[address], address } end return pickwrandom(choice)`;
    }
    case 'failover':
      return `;local order = ${inOrder(endpoints)} ${firstUp(zone, profile)}`;
    case 'performance': {
      const near = networks.map(
        ({ network, endpoints: order }, index) =>
          `${index === 0 ? 'if' : 'elseif'} netmask({ '${network.text}' }) then order = ${inOrder(order)}`,
      );
      return `;local order = ${inOrder(endpoints)} ${near.join(' ')} end ${firstUp(zone, profile)}`;
    }
  }
}

function firstUp(zone: string, profile: TrafficProfile): string {
  return `local up = ${upOf(zone, profile, 'order')} if #up > 1 then return order[1] end return up`;
}

function upOf(zone: string, { name, probe }: TrafficProfile, sites: string): string {
  const { port, path, intervalS, timeoutS, failures } = probe;
  return `ifurlup('http://${name}.${zone}:${port}${path}', ${sites}, { timeout=${timeoutS}, interval=${intervalS}, minimumFailures=${failures}, selector='all', backupSelector='all' })`;
}

const together = (endpoints: readonly TrafficEndpoint[]) =>
  `{ ${endpoints.map(({ address }) => `'${address}'`).join(', ')} }`;

const inOrder = (endpoints: readonly TrafficEndpoint[]) =>
  `{ ${endpoints.map(({ address }) => `{ '${address}' }`).join(', ')} }`;

/** As strings that are short enough, in brackets over several lines; the server joins them with spaces. */
function quoted(code: string): string {
  const lines: string[] = [];
  for (const word of code.split(' ')) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + word.length < MAX_STRING_LENGTH) {
      lines.splice(-1, 1, `${line} ${word}`);
    } else {
      lines.push(word);
    }
  }
  return `(\n${lines.map((line) => `  "${line}"\n`).join('')})`;
}
