import { describe, expect, it } from '@jest/globals';
import { isUnreachable } from './dialect.js';

describe('isUnreachable', () => {
  it.each([
    ['no connection', { code: 'ESOCKET' }],
    ['a login that fails', { driverError: { code: 'ELOGIN' } }],
    ['a file that cannot be opened', { code: 'SQLITE_CANTOPEN' }],
    ['a secondary that takes no readers', { driverError: { code: 'EREQUEST', number: 976 } }],
  ])('is true of %s', (_name, error) => {
    expect(isUnreachable(error)).toBe(true);
  });

  it.each([
    ['a table that does not exist', { driverError: { code: 'EREQUEST', number: 208 } }],
    ['a statement that is wrong', { code: 'SQLITE_ERROR' }],
    ['anything else', new Error('no')],
  ])('is false of %s', (_name, error) => {
    expect(isUnreachable(error)).toBe(false);
  });
});
