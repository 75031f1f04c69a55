import { describe, expect, it } from '@jest/globals';
import { redisAcl } from './redis-acl.js';
import { RedisNames } from './redis-names.js';
import { REDIS_USERS, redisRights } from './redis-rights.js';

const DANGEROUS =
  /\+(?:@all|@dangerous|@admin|keys|scan|flushall|flushdb|config|debug|script(?!\|)|script\|flush|client\|kill|acl(?!\|))\b/;
const ordinary = { channelPrefix: 'one', adapter: 'pubsub' } as const;
const ofCluster = { ...ordinary, isCluster: true } as const;

function namesOf(prototype: object, instance: object): readonly string[] {
  const methods = Object.getOwnPropertyNames(prototype).filter((name) => name !== 'constructor');
  const fields = Object.keys(instance).filter((name) => !name.endsWith('Prefix'));
  return [...fields, ...methods, 'queuePrefix'].toSorted();
}

describe('the rights in Redis', () => {
  it('are decided for every name, for each role', () => {
    const names = new RedisNames({ channelPrefix: 'one' });
    const rights = redisRights(names, 'streams');
    expect(Object.keys(rights).toSorted()).toEqual(namesOf(RedisNames.prototype, names));
    for (const right of Object.values(rights)) {
      expect(Object.keys(right).toSorted()).toEqual(['authoring', 'commerce']);
    }
  });

  it.each(REDIS_USERS)('of %s name no key and no channel of another installation', (user) => {
    const named = redisAcl(user, ordinary)
      .split(/[\s()]+/)
      .filter((word) => /^(?:~|&|%)/.test(word));
    expect(named.filter((word) => !/^(?:%R)?[~&]\{?one:/.test(word))).toEqual([]);
    expect(named.length > 0).toBe(user !== 'operator');
  });

  it.each(REDIS_USERS)('of %s begin with none and include nothing dangerous', (user) => {
    expect(redisAcl(user, ordinary)).toMatch(/^resetkeys resetchannels -@all /);
    expect(redisAcl(user, ordinary)).not.toMatch(DANGEROUS);
  });

  it('give the stream to those who use it', () => {
    const stream = new RedisNames(ordinary).pushStream;
    expect(redisAcl('commerce', ordinary)).not.toContain(stream);
    expect(redisAcl('commerce', { ...ordinary, adapter: 'streams' })).toContain(`~${stream}`);
  });

  it('of a cluster are for its names, for sharded channels, and to ask who has what', () => {
    const names = new RedisNames(ofCluster);
    for (const role of ['commerce', 'authoring'] as const) {
      const rules = redisAcl(role, ofCluster);
      expect(rules).toContain('+cluster|info +cluster|slots');
      expect(rules).toContain(`+publish +spublish &${names.invalidationChannel} `);
      expect(rules).toContain(`+ssubscribe &${names.invalidationChannel} `);
      expect(rules).toContain(`~${names.sharedEntry('*', '*', 0)} `);
      expect(rules).toContain(`~${names.sharedEntry('*', '*', 7)} `);
      expect(rules).not.toMatch(DANGEROUS);
      expect(redisAcl(role, ordinary)).not.toMatch(/cluster|ssubscribe|spublish/);
    }
    expect(redisAcl('operator', ofCluster)).toMatch(/\+cluster\|slots$/);
  });
});
