import { describe, expect, it } from '@jest/globals';
import { PasswordStrength } from './password-strength.js';

describe('PasswordStrength', () => {
  const strength = new PasswordStrength();
  const own = ['jo.miller@shop.example', 'Jo Miller'];

  it.each([
    ['blanks only', ' '.repeat(14)],
    ['blanks of another kind', '\u00a0\u2003'.repeat(7)],
    ['one letter over and over', 'a'.repeat(200)],
    ['a known one', '123456789012'],
    ['a known one with a tail', 'password1234'],
    ['a known one in letters that look alike', 'ｐａｓｓｗｏｒｄ１２３４'],
    ['a known one twice', 'Passw0rd!Passw0rd!'],
    ['a known one with blanks of all kinds behind it', 'password1234\t \n\t  \n \t\n'],
    ['a weak beginning that is as long as what is looked at', `${'a'.repeat(64)}wV7#kq2!Zp9s`],
    ['a row of keys', 'qwertyuiop12'],
    ['the e-mail address', 'jo.miller@shop.example'],
    ['the name with a year', 'JoMiller2026'],
    ['the name of the product with a year', 'Lockstep2026'],
  ])('refuses %s', async (_what, password) => {
    await expect(strength.assertStrong(password, own)).rejects.toMatchObject({
      code: 'identity.password-weak',
    });
  });

  it.each([
    'walnutkitchen7',
    'correct horse battery',
    'wV7#kq2!Zp9s',
    'eine lange deutsche Losung',
    'ひみつのことば・二十四',
  ])('takes %s', async (password) => {
    await expect(strength.assertStrong(password, own)).resolves.toBeUndefined();
  });
});
