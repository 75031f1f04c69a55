import { describe, expect, it, jest } from '@jest/globals';

const common = await import('@zxcvbn-ts/language-common');
let failures = 1;
jest.unstable_mockModule('@zxcvbn-ts/language-common', () => {
  failures -= 1;
  if (failures >= 0) throw new Error('too many open files');
  return common;
});
const { PasswordStrength } = await import('./password-strength.js');

describe('the estimator of passwords', () => {
  it('is loaded with the next password when it could not be loaded with the first', async () => {
    const strength = new PasswordStrength();
    await expect(strength.assertStrong('wV7#kq2!Zp9s', [])).rejects.toThrow('too many open files');
    await expect(strength.assertStrong('wV7#kq2!Zp9s', [])).resolves.toBeUndefined();
    expect(failures).toBe(-1);
  });
});
