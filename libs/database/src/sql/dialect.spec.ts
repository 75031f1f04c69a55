import { describe, expect, it } from '@jest/globals';
import {
  certificateProblem,
  hasDamagedConnection,
  isCommitUnknown,
  isTransient,
  isUniqueViolation,
  isUnreachable,
  isUnwritable,
  recommendedDelayMs,
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

describe('what SQL Server says of itself', () => {
  it('waits as long as Azure recommends before a database that has too much to do is asked again', () => {
    const busy = { driverError: { code: 'EREQUEST', number: 40_501 } };
    expect([1, 2, 3, 9].map((attempt) => recommendedDelayMs(busy, attempt))).toEqual([
      5_000, 10_000, 20_000, 60_000,
    ]);
    expect(recommendedDelayMs({ driverError: { number: 1_205 } }, 1)).toBeUndefined();
  });

  it.each([615, 926, 4060, 4221, 40_197, 40_501, 40_613, 49_918, 49_919, 49_920])(
    'takes %i for something that passes',
    (number) => {
      expect(isTransient('mssql', { driverError: { number } })).toBe(true);
    },
  );

  it('knows a lost connection by the code of the driver, whatever the socket said', () => {
    const lost = { code: 'ESOCKET', originalError: { code: 'ESOCKET', cause: { code: 'EPIPE' } } };
    expect(isTransient('mssql', lost)).toBe(true);
    expect(isUnreachable(lost)).toBe(true);
  });

  it('does not try again what fails at the certificate', () => {
    const untrusted = { code: 'ESOCKET', originalError: { cause: { code: 'CERT_HAS_EXPIRED' } } };
    expect(certificateProblem(untrusted)).toBe('CERT_HAS_EXPIRED');
    expect(isTransient('mssql', untrusted)).toBe(false);
  });
});
