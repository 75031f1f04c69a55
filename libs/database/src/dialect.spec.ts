import { describe, expect, it } from '@jest/globals';
import {
  hasDamagedConnection,
  isCommitUnknown,
  isTransient,
  isUniqueViolation,
  isUnreachable,
  isUnwritable,
  type Dialect,
} from './dialect.js';

const refused = (number: number) => ({ driverError: { code: 'EREQUEST', number } });

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

const UNKNOWN = new Error('no');

describe.each<[string, (dialect: Dialect, error: unknown) => boolean, string[], unknown[]]>([
  [
    'isTransient',
    isTransient,
    ['SQLITE_BUSY', 'SQLITE_BUSY_SNAPSHOT', 'SQLITE_LOCKED'],
    [{ code: 'ESOCKET' }, { cause: { code: 'ECONNCLOSED' } }, refused(1205), refused(40_613)],
  ],
  [
    'isUniqueViolation',
    isUniqueViolation,
    ['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY'],
    [refused(2601), refused(2627)],
  ],
  [
    'isCommitUnknown',
    isCommitUnknown,
    ['SQLITE_IOERR', 'SQLITE_IOERR_FSYNC'],
    [{ code: 'ESOCKET' }, refused(976), UNKNOWN],
  ],
])('%s', (_name, is, sqliteCodes, mssqlErrors) => {
  it('is true of these on SQLite, on SQL Server of none of them', () => {
    for (const code of sqliteCodes) expect(is('sqlite', { code })).toBe(true);
    const isUnknown = is === isCommitUnknown;
    for (const code of sqliteCodes) expect(is('mssql', { code })).toBe(isUnknown);
  });

  it('is true of these on SQL Server, on SQLite of none of them', () => {
    for (const error of mssqlErrors) expect(is('mssql', error)).toBe(true);
    for (const error of mssqlErrors) expect(is('sqlite', error)).toBe(false);
  });

  it('is false of everything else', () => {
    for (const code of ['SQLITE_ERROR', 'SQLITE_CONSTRAINT_CHECK', 'NOT_SQLITE_BUSY', undefined]) {
      expect(is('sqlite', { code })).toBe(false);
    }
    expect(is('sqlite', { code: 'SQLITE_FULL' })).toBe(false);
    // Of a commit nobody knows more than that it was rolled back, or not begun.
    const others = is === isCommitUnknown ? [refused(3960), { code: 'EABORT' }] : [refused(208)];
    for (const error of others) expect(is('mssql', error)).toBe(false);
    if (is !== isCommitUnknown) expect(is('mssql', UNKNOWN)).toBe(false);
  });
});

describe('what a failure says of the database', () => {
  it('is that it takes no writes', () => {
    for (const code of ['SQLITE_FULL', 'SQLITE_READONLY_DBMOVED']) {
      expect(isUnwritable({ code })).toBe(true);
    }
    for (const number of [1101, 1105, 3906, 3908, 9002, 40_544]) {
      expect(isUnwritable(refused(number))).toBe(true);
    }
    const others = [refused(208), { code: 'SQLITE_BUSY' }, { code: 'NOT_SQLITE_FULL' }, UNKNOWN];
    for (const error of others) expect(isUnwritable(error)).toBe(false);
  });

  it('is that a connection is not to be trusted any more', () => {
    for (const code of ['SQLITE_IOERR_FSYNC', 'SQLITE_CORRUPT', 'SQLITE_NOMEM', 'SQLITE_FULL']) {
      expect(hasDamagedConnection({ driverError: { code } })).toBe(true);
    }
    for (const error of [{ code: 'SQLITE_BUSY' }, { code: 'NOT_SQLITE_FULL' }, UNKNOWN, null]) {
      expect(hasDamagedConnection(error)).toBe(false);
    }
  });

  it('is found wherever it was wrapped, the innermost first, and never for ever', () => {
    const inner = { code: 'SQLITE_FULL' };
    for (const field of ['driverError', 'originalError', 'cause']) {
      expect(isUnwritable({ code: 'OUTER', [field]: { cause: inner } })).toBe(true);
    }
    expect(isUnwritable({ code: 'SQLITE_FULL', cause: new Error('without a code') })).toBe(true);
    const own: { code: string; cause?: unknown } = { code: 'SQLITE_FULL' };
    own.cause = own;
    expect(isUnwritable(own)).toBe(true);
  });
});
