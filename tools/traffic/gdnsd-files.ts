import type { GeneratedFiles, ServerOptions } from './generated-files.js';
import type {
  TrafficEndpoint,
  TrafficPlan,
  TrafficPolicy,
  TrafficProfile,
} from './traffic-plan.js';
import { zoneFile } from './zone-file.js';

/** The plugin of gdnsd that answers by each policy. */
const PLUGINS: Readonly<Record<TrafficPolicy, string>> = {
  performance: 'geoip',
  failover: 'metafo',
  'round robin': 'multifo',
  weighted: 'weighted',
};

/** One site that is up is enough; by default gdnsd takes all of them to be down when half of them are. */
const ANY_IS_UP = '0.001';

/** The configuration directory of gdnsd 3. It probes from its start on, and treats all as up when all are down. */
export function gdnsdFiles(plan: TrafficPlan, { listen, now }: ServerOptions): GeneratedFiles {
  const used = Object.keys(PLUGINS).filter((policy) => ofPolicy(plan, policy).length > 0);
  const plugins = used.map((policy) => pluginOf(plan, policy as TrafficPolicy));
  const config = `options => {
  listen => ${JSON.stringify(listen)}
}
service_types => {
${plan.profiles.map(serviceType).join('')}}
plugins => {
${plugins.join('')}}
`;
  const zone = zoneFile(
    plan,
    now,
    ({ name, policy }) => `IN DYNA ${PLUGINS[policy]}!${resource(name)}`,
  );
  return new Map([
    ['config', config],
    [`zones/${plan.zone}`, zone],
  ]);
}

function ofPolicy({ profiles }: TrafficPlan, policy: string): TrafficProfile[] {
  return profiles.filter((profile) => profile.policy === policy);
}

/** Keys beside names of plugins, sites and options: none of theirs begins like this. */
const resource = (name: string) => `profile-${name}`;
const site = (name: string) => `site-${name}`;

function serviceType({ name, probe }: TrafficProfile): string {
  const { port, path, intervalS, timeoutS, failures } = probe;
  return `  ${resource(name)} => {
    plugin => http_status, port => ${port}, url_path => ${path}, ok_codes => [200],
    interval => ${intervalS}, timeout => ${timeoutS},
    # Failures in succession: one success forgets them, and one brings a site back.
    down_thresh => ${failures}, ok_thresh => 1, up_thresh => 1
  }
`;
}

function pluginOf(plan: TrafficPlan, policy: TrafficPolicy): string {
  const profiles = ofPolicy(plan, policy);
  const name = PLUGINS[policy];
  switch (policy) {
    case 'performance':
      return `  ${name} => {
    maps => {
${profiles.map(mapOf).join('')}    }
    resources => {
${profiles.map((profile) => sitesOf(profile, `map => ${resource(profile.name)}`)).join('')}    }
  }
`;
    case 'failover':
      return `  ${name} => {
    resources => {
${profiles.map((profile) => sitesOf(profile, `datacenters => ${sitesIn(profile.endpoints)}`)).join('')}    }
  }
`;
    case 'round robin':
      return flat(name, profiles, ({ address }) => address);
    case 'weighted':
      return flat(name, profiles, ({ address, weight }) => `[ ${address}, ${weight} ]`);
  }
}

function mapOf({ name, endpoints, networks }: TrafficProfile): string {
  const nets = networks.map(
    ({ network, endpoints: order }) => `          "${network.text}" => ${sitesIn(order)}\n`,
  );
  return `      ${resource(name)} => {
        datacenters => ${sitesIn(endpoints)}
        nets => {
${nets.join('')}        }
      }
`;
}

function sitesOf({ name, endpoints }: TrafficProfile, order: string): string {
  const addresses = endpoints.map((each) => `          ${site(each.site)} => ${each.address}\n`);
  return `      ${resource(name)} => {
        ${order}
        service_types => ${resource(name)}
        dcmap => {
${addresses.join('')}        }
      }
`;
}

function flat(
  plugin: string,
  profiles: readonly TrafficProfile[],
  value: (endpoint: TrafficEndpoint) => string,
): string {
  const resources = profiles.map(
    ({ name, endpoints }) => `    ${resource(name)} => {
      service_types => ${resource(name)}
      up_thresh => ${ANY_IS_UP}
${endpoints.map((each) => `      ${site(each.site)} => ${value(each)}\n`).join('')}    }
`,
  );
  return `  ${plugin} => {\n${resources.join('')}  }\n`;
}

function sitesIn(endpoints: readonly TrafficEndpoint[]): string {
  return `[ ${endpoints.map((each) => site(each.site)).join(', ')} ]`;
}
