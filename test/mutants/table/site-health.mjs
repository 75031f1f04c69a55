const site = 'libs/fleet/src/site/site-health.int-spec.ts';
const replicas = 'libs/fleet/src/site/site-replicas.ts';
const health = 'libs/fleet/src/site/site-health.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'site: replicas of other sites count',
    promise: 'SiteReplicas: counts the storefront replicas of this site',
    file: replicas,
    replace: [['          status.site === this.site.name &&\n', '']],
    suites: [site],
  },
  {
    name: 'site: the back office counts as storefront',
    promise: 'SiteReplicas: counts the storefront replicas of this site',
    file: replicas,
    replace: [["          role === 'commerce' &&\n", '']],
    suites: [site],
  },
  {
    name: 'site: replicas that are gone count',
    promise: 'SiteReplicas: others by their last report',
    file: replicas,
    replace: [['          isAlive &&\n', '']],
    suites: [site],
  },
  {
    name: 'site: replicas that are not ready count',
    promise: 'SiteReplicas: counts the storefront replicas of this site that are ready',
    file: replicas,
    replace: [['status.load?.isReady === true', 'status.load !== null']],
    suites: [site],
  },
  {
    name: 'site: a site falls with the primary',
    promise: 'SiteHealth: while the list of replicas cannot be read, one ready replica is enough',
    file: health,
    replace: [
      [
        'ready >= (isComplete ? this.config.minReplicas : 1)',
        'isComplete && ready >= this.config.minReplicas',
      ],
    ],
    suites: [site],
  },
  {
    name: 'site: a copy may lag as it likes',
    promise: 'SiteHealth: what the site reads is no older than its bound',
    file: health,
    replace: [['Math.max(leaseAgeMs, copyLag?.ageMs ?? 0)', 'leaseAgeMs']],
    suites: [site],
  },
  {
    name: 'site: a database that does not answer is taken for fresh',
    promise: 'SiteHealth: what the site reads is no older than its bound',
    file: health,
    replace: [['Math.max(leaseAgeMs, copyLag?.ageMs ?? 0)', '(copyLag?.ageMs ?? 0)']],
    suites: [site],
  },
];
