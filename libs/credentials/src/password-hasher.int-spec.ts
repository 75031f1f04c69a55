import { describe, expect, it } from '@jest/globals';
import { hash } from '@node-rs/argon2';
import { PasswordHasher } from './password-hasher.js';

describe('PasswordHasher', () => {
  const hasher = new PasswordHasher();

  it('makes argon2id PHC strings that verify, with a salt of their own', async () => {
    const [one, other] = await Promise.all([
      hasher.hash('pass phrase'),
      hasher.hash('pass phrase'),
    ]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(other);
    expect(await hasher.verify(one, 'pass phrase')).toBe(true);
    expect(await hasher.verify(one, 'pass phrasf')).toBe(false);
    expect(hasher.isOutdated(one)).toBe(false);
  });

  it('takes composed and decomposed letters for the same password', async () => {
    const stored = await hasher.hash('caf\u00e9 au lait');
    expect(await hasher.verify(stored, 'cafe\u0301 au lait')).toBe(true);
  });

  it('does the full work for a user who does not exist, and answers no', async () => {
    expect(await hasher.verify(undefined, '')).toBe(false);
    expect(await hasher.verify(undefined, 'anything')).toBe(false);
    const stored = await hasher.hash('some pass phrase');
    const ofSomebody = await fastest(() => hasher.verify(stored, 'anything'));
    const ofNobody = await fastest(() => hasher.verify(undefined, 'anything'));
    // The same work twice; a check that is left out takes a thousandth of it.
    expect(ofNobody / ofSomebody).toBeGreaterThan(0.3);
  });

  it('notices hashes made with other parameters', async () => {
    const weak = await hash('x', { memoryCost: 8, timeCost: 1 });
    expect(hasher.isOutdated(weak)).toBe(true);
    expect(await hasher.verify(weak, 'x')).toBe(true);
  });

  it('refuses work beyond what may wait, and recovers', async () => {
    const all = await Promise.allSettled(
      Array.from({ length: 40 }, () =>
        hasher.verify('$argon2id$v=19$m=8,t=1,p=1$AAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA', 'x'),
      ),
    );
    const refused = all.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(6);
    expect(refused[0]).toMatchObject({ reason: { code: 'identity.passwords-busy' } });
    expect(await hasher.verify(undefined, 'x')).toBe(false);
  });
});

/** The fastest of five, in milliseconds: what the work itself takes. */
async function fastest(work: () => Promise<unknown>): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 5; round += 1) {
    const began = performance.now();
    await work();
    best = Math.min(best, performance.now() - began);
  }
  return best;
}
