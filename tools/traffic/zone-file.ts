import type { TrafficPlan, TrafficProfile } from './traffic-plan.js';
import { worstCaseS } from './traffic-plan.js';

/** Of what says where the zone is, which hardly changes. */
const DELEGATION_TTL_S = 3_600;

/**
 * A zone with a record for each profile, whose type and content the server decides. The serial is the time in seconds,
 * so that a secondary and an operator see which of two is newer.
 */
export function zoneFile(
  plan: TrafficPlan,
  now: Date,
  record: (profile: TrafficProfile) => string,
): string {
  const [first] = plan.nameServers;
  const serial = Math.floor(now.getTime() / 1_000);
  return [
    `$TTL ${DELEGATION_TTL_S}`,
    `@ IN SOA ${first?.name}.${plan.zone}. hostmaster.${plan.zone}. ( ${serial} 7200 1800 1209600 60 )`,
    ...plan.nameServers.map(({ name }) => `@ IN NS ${name}.${plan.zone}.`),
    ...plan.nameServers.map(({ name, address }) => `${name} IN A ${address}`),
    ...plan.profiles.flatMap((profile) => [
      `; ${profile.policy}; a client goes on to a site that died for at most ${worstCaseS(profile)} s`,
      `${profile.name} ${profile.ttlS} ${record(profile)}`,
    ]),
    '',
  ].join('\n');
}
