import { describe, expect, it } from '@jest/globals';
import { databaseErrors } from '../database.errors.js';
import { mayOpenLater } from './may-open-later.js';

describe('mayOpenLater', () => {
  it.each([
    ['a schema that is missing', databaseErrors.notMigrated(), false],
    ['row versions that are off', databaseErrors.noRowVersions(), false],
    ['a login that is refused', Object.assign(new Error('no'), { code: 'ELOGIN' }), false],
    ['a server that is not there yet', Object.assign(new Error('no'), { code: 'ESOCKET' }), true],
    [
      'a login that Azure refuses for a while',
      Object.assign(new Error('busy'), { code: 'ELOGIN', number: 40_613 }),
      true,
    ],
  ])('of %s', (_, error, isLater) => {
    expect(mayOpenLater(error)).toBe(isLater);
  });
});
