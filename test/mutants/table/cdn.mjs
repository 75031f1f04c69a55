const queue = 'libs/cdn/src/purging/purge-queue.spec.ts';
const purger = 'libs/cdn/src/purging/purger.int-spec.ts';
const client = 'libs/cdn/src/purging/purge-client.int-spec.ts';

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
];
