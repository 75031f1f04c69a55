/** What becomes of a mutant in worlds as small as the scenarios. */
export type MutantVerdict =
  | { readonly kind: 'caught'; readonly scenario: string }
  | { readonly kind: 'out of reach'; readonly because: string };

const caughtIn = (scenario: string): MutantVerdict => ({ kind: 'caught', scenario });
const outOfReach = (because: string): MutantVerdict => ({ kind: 'out of reach', because });

const RECORDS = 'no replica holds records here: reading them begins with a timer';
const A_TIMER = 'it breaks what a timer of the process does; here time stands still between events';
const A_VERIFICATION = 'nothing is verified here: that begins with a timer';
const A_REFRESH = 'nobody orders a refresh here';
const AN_ORDER = 'nobody orders anything here';
const A_COPY = 'there is one database here, and no copy that lags behind it';

const AN_INDEX = 'there is no index here, and nothing is answered that is made of several reads';

const EARLY = 'a restored copy announces the position first';

/**
 * One for every mutant, by its name. "Caught" is certain, not likely: some interleaving of that
 * scenario breaks a promise, and all of them are looked at.
 */
export const mutantVerdicts: Readonly<Record<string, MutantVerdict>> = {
  'no fence: an overtaken load is stored': caughtIn('one key, one write'),
  'an overtaken load is joined': caughtIn('one key, one write'),
  'tags known after the load are not checked': caughtIn('two writes, out of order'),
  'the journal forgets when any load ends': caughtIn('two keys, one late tag'),
  'clearing forgets the loads under way': caughtIn('a message of an unknown release'),
  'a value built from stale parts is stored as fresh': caughtIn('built while the log is away'),
  'a doubtful join is not marked stale': caughtIn('the lease runs out, the log is away'),
  'a load is joined without a lease': caughtIn('the lease runs out'),
  'a difference from the database counts at once': outOfReach(A_VERIFICATION),
  'the log is not followed after a difference from the database': outOfReach(A_VERIFICATION),
  'every reader loads for itself': caughtIn('one key, one write'),
  'any number of loads of a key may run': caughtIn('two writes overtake two loads'),
  'a refresh that was overtaken is stored': outOfReach(A_REFRESH),
  'a refresh does not care whether a load is under way': outOfReach(A_REFRESH),
  'the watermark jumps over a hole': caughtIn('read your writes over a hole'),
  'a hole is given up too early': caughtIn('a slow transaction'),
  'the position token is ignored': caughtIn('read your writes'),
  'the follower stops after an error': outOfReach(A_TIMER),
  'a failed follow renews the lease': caughtIn('the lease runs out, the log is away'),
  'the lease counts from when the answer came': caughtIn('the lease runs out'),
  'the lease is never looked at': caughtIn('the lease runs out'),
  'pub/sub alone: a reconnect follows nothing, and there is no lease': caughtIn(
    'lost messages and follows',
  ),
  'pruning past the replica is not noticed': outOfReach('nothing is pruned from a log this short'),
  'announcements move the watermark': caughtIn(EARLY),
  'a row is taken for announced, whatever was announced': caughtIn(EARLY),
  'a row is taken for announced when its tags were, whenever it was committed': caughtIn(EARLY),
  'a restored database is not voided': outOfReach('no backup is restored here'),
  'on a copy, an announcement counts as applied': outOfReach(A_COPY),
  'on a copy, a hole is given up although the copy may be behind': outOfReach(A_COPY),
  'own commits are skipped like own messages': caughtIn('one key, one write'),
  'a message of an unknown version is ignored': caughtIn('a message of an unknown release'),
  'what was received is published again': caughtIn('one key, one write'),
  'nobody listens for the heartbeat': outOfReach(A_TIMER),
  'no validation: neither of the plan nor of the cart': outOfReach(AN_ORDER),
  'the cart alone is validated': outOfReach(AN_ORDER),
  'the plan alone is validated': outOfReach(AN_ORDER),
  'tags of the plan are incomplete: only those of what is in the cart': outOfReach(AN_ORDER),
  'tags of the plan are incomplete: the last that was read is missing': outOfReach(AN_ORDER),
  'a plan counts as made one position later than it was': outOfReach(AN_ORDER),
  'what is applied above a hole counts as unknown to the plan': outOfReach(AN_ORDER),
  'what is above a hole counts as known to the plan': outOfReach(AN_ORDER),
  'a plan holds although the log was pruned behind it': outOfReach(AN_ORDER),
  'the index ignores what it is told of': outOfReach(AN_INDEX),
  'the index hears of a change, and lists are not voided': outOfReach(AN_INDEX),
  'a search does not wait for what the index was told of': outOfReach(AN_INDEX),
  'what the index has read is not confirmed by the log': outOfReach(AN_INDEX),
  'the index shows what it could read of a transaction': outOfReach(AN_INDEX),
  'a store is shown before what changed while it was loaded': outOfReach(AN_INDEX),
  'a list is taken for one of the moment at which it was asked for': outOfReach(AN_INDEX),
  'an answer is made only once': outOfReach(AN_INDEX),
  'an answer of new parts is not confirmed by the log': outOfReach(AN_INDEX),
  'a part that may be ahead of the log is taken for settled': outOfReach(AN_INDEX),
  'a part that something ran into is taken for true': outOfReach(AN_INDEX),
  'lists are not marked stale when the log cannot be followed': outOfReach(AN_INDEX),
  'names that suggestions look for are indexed only once': outOfReach(AN_INDEX),
  'suggestions and their counts do not say what they depend on': outOfReach(AN_INDEX),
  'suggestions go on with the first counts they have seen': outOfReach(AN_INDEX),
  'a memory of records ignores what it is told of': outOfReach(RECORDS),
  'a memory of records stays when it is not known what was missed': outOfReach(RECORDS),
  'a record is held although it was voided while it was read': outOfReach(RECORDS),
  'records are used although the log was not followed within the lease': outOfReach(RECORDS),
  'what a page shows of a record does not say of which state it is': outOfReach(RECORDS),
  'of what an index was kept of is not looked at': outOfReach(AN_INDEX),
  'an index goes on although everything was voided since': outOfReach(AN_INDEX),
  'an index is kept although something is missing in it': outOfReach(AN_INDEX),
  'an index is kept for the result of rows that are yet to come': outOfReach(AN_INDEX),
};
