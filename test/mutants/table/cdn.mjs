const queue = 'libs/cdn/src/purging/purge-queue.spec.ts';
const purger = 'libs/cdn/src/purging/purger.int-spec.ts';
const client = 'libs/cdn/src/purging/purge-client.int-spec.ts';
const values = 'libs/config/src/values/cdn-values.spec.ts';
const checkCdn = 'libs/config/src/values/check-cdn.ts';
const answer = 'libs/http/src/output/finished-answer.spec.ts';
const finishedAnswer = 'libs/http/src/output/finished-answer.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'cdn: a purge is not repeated',
    promise:
      'PurgeQueue: an answer from before the change that overtakes a purge is purged by the next',
    file: 'libs/cdn/src/purging/purge-queue.ts',
    replace: [['!isPurged || nowMs >= seenAtMs + repeatAfterMs', '!isPurged']],
    suites: [queue],
  },
  {
    name: 'cdn: a failed purge is forgotten',
    promise: 'TargetPurger: what fails is sent again',
    file: 'libs/cdn/src/purging/purge-client.ts',
    replace: [['if (!isDone) throw', 'if (!isDone && body === this.url) throw']],
    suites: [client],
  },
  {
    name: 'cdn: tags that replicas derive are not purged',
    promise: 'DerivesTags: what is void along with the tags of rows is purged too',
    file: 'libs/cdn/src/purging/derived-tags.ts',
    replace: [['derive(tags)) all.add(tag);', 'derive(tags)) all.delete(tag);']],
    suites: [purger],
  },
  {
    name: 'cdn: a pruned log is not noticed',
    promise: 'TargetPurger: what cannot be told any more is a purge of everything',
    file: 'libs/cdn/src/purging/target-purger.ts',
    replace: [['excerpt.prunedTo > from || excerpt.last < from', 'excerpt.last < from']],
    suites: [purger],
  },
  {
    name: 'cdn: the key follows a redirect',
    promise: 'PurgeClient: a redirect would take the key to somebody else',
    file: 'libs/cdn/src/purging/purge-client.ts',
    replace: [["redirect: 'manual'", "redirect: 'follow'"]],
    suites: [client],
  },
  {
    name: 'cdn: the last purge may come before every replica has heard',
    promise: 'CDN_PURGE_REPEAT_MS: more than CACHE_LEASE_MS',
    file: checkCdn,
    replace: [['repeatMs <= leaseMs', 'repeatMs < leaseMs']],
    suites: [values],
  },
  {
    name: 'cdn: purges of nobody',
    promise: 'CDN_PROVIDER: is required when CDN_PURGE_URL is set',
    file: checkCdn,
    replace: [['provider === undefined && !isReported', 'provider === null && !isReported']],
    suites: [values],
  },
  {
    name: 'cdn: purges without the key that the provider wants',
    promise: 'CDN_PURGE_TOKEN: required by fastly and cloudflare',
    file: checkCdn,
    replace: [["provider === 'fastly' || provider === 'cloudflare'", "provider === 'fastly'"]],
    suites: [values],
  },
  {
    name: 'cdn: an answer that was made of unconfirmed values is shared',
    promise: 'libs/cdn/README.md: answers that a replica could not confirm are never kept',
    file: finishedAnswer,
    replace: [['names !== undefined && !content.isStale', 'names !== undefined']],
    suites: [answer],
  },
  {
    name: 'cdn: an answer that cannot be confirmed any more is shared',
    promise: 'libs/cdn/README.md: answers that a replica could not confirm are never kept',
    file: finishedAnswer,
    replace: [["if (isStale) head[head.indexOf('cache-control') + 1] = ASK_EACH_TIME;", '']],
    suites: [answer],
  },
  {
    name: 'cdn: an answer that does not say all it is made of is shared',
    promise: 'tagHeaderFor: a part of the tags would let a purge miss the answer',
    file: finishedAnswer,
    replace: [['names !== undefined && !content.isStale', '!content.isStale']],
    suites: [answer],
  },
  {
    name: 'cdn: a dead holder keeps the lease',
    promise: 'libs/cdn/README.md: a holder that dies is replaced within 8 s',
    file: 'libs/cdn/src/purging/target-purger.ts',
    replace: [['const LEASE_MS = 6_000', 'const LEASE_MS = 60_000']],
    suites: [purger],
  },
  {
    name: 'cdn: a stopped holder keeps the lease',
    promise: 'TargetPurger.stop: lets another replica go on',
    file: 'libs/cdn/src/purging/target-purger.ts',
    replace: [['position: queue.position }, 0);', 'position: queue.position }, LEASE_MS * 10);']],
    suites: [purger],
  },
  {
    name: 'cdn: a cache whose purger has just stopped is forgotten',
    promise: 'PurgePositionPruner: those that nobody has purged for a day',
    file: 'libs/cdn/src/purging/purge-position.pruner.ts',
    replace: [['expires_at < ${now - UNUSED_MS}', 'expires_at < ${now}']],
    suites: [purger],
  },
];
