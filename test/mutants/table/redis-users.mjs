const rights = 'libs/redis/src/redis-rights.ts';
const acl = 'libs/redis/src/redis-acl.ts';
const aclSpec = 'libs/redis/src/redis-acl.spec.ts';
const start = 'docker/redis/start.sh';
const startSpec = 'test/container/redis-users.int-spec.ts';
const users = 'libs/jobs/src/redis-users.int-spec.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'redis users: commerce speaks to every room of staff',
    promise: 'redisRights: commerce publishes to the room it commits notifications for',
    file: rights,
    replace: [['roomOf(COMMERCE_ROOM)]', 'everyRoom]']],
    suites: [users],
  },
  {
    name: 'redis users: what is heard may be said',
    promise: 'redisAcl: publishing and hearing are separate',
    file: acl,
    replace: [[": ['+publish', '+subscribe ", ": ['+publish', '+publish +subscribe "]],
    suites: [users],
  },
  {
    name: 'redis users: commerce locks a job',
    promise: 'redisRights: `:lock` behind the id of a job does not match',
    file: rights,
    replace: [["`ob_${'?'.repeat(36)}`", "'ob_*'"]],
    suites: [users],
  },
  {
    name: 'redis users: commerce says that a job has completed',
    promise: 'redisRights: commerce cannot end a job',
    file: rights,
    replace: [["commands: '+zrem' }", "commands: '+zrem +zadd' }"]],
    suites: [users],
  },
  {
    name: 'redis users: commerce makes a job active',
    promise: 'redisRights: commerce cannot run a job',
    file: rights,
    replace: [["commands: '+lrem' }", "commands: '+lrem +lpush' }"]],
    suites: [users],
  },
  {
    name: 'redis users: commerce cannot take away what is left of a delivery',
    promise: 'redisRights: enough to hand jobs over',
    file: rights,
    replace: [["    { patterns: parts(['active']), commands: '+lrem' },\n", '']],
    suites: [users],
  },
  {
    name: 'redis users: keys of all installations',
    promise: 'redisAcl: no key of another installation',
    file: acl,
    replace: [['each : `~${each}`', 'each : `~*${each}`']],
    suites: [aclSpec],
    isQuick: true,
  },
  {
    name: 'redis users: a user begins with what Redis gives',
    promise: 'redisAcl: whatever is not named is refused',
    file: acl,
    replace: [["'resetkeys resetchannels -@all'", "'resetkeys resetchannels'"]],
    suites: [aclSpec],
    isQuick: true,
  },
  {
    name: 'redis users: Redis in compose has a user without a name',
    promise: 'docker/redis/start.sh: without a name and a password there is no way in',
    file: start,
    replace: [['user default reset\n', '']],
    suites: [startSpec],
  },
  {
    name: 'redis users: an empty password is one',
    promise: 'docker/redis/start.sh: ends when a password is empty',
    file: start,
    replace: [['if [ -z "$password" ]', 'if false']],
    suites: [startSpec],
  },
  {
    name: 'redis users: commerce in compose is authoring',
    promise: 'docker-compose.scale.yml: each role has its own user',
    file: 'docker-compose.scale.yml',
    replace: [
      [
        'REDIS_URL_FILE: /run/secrets/redis_commerce_url',
        'REDIS_URL_FILE: /run/secrets/redis_authoring_url',
      ],
    ],
    suites: ['test/container/deployment.spec.ts'],
  },
];
