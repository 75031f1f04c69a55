import { defineErrors } from '#libs/kernel';

export const databaseErrors = defineErrors({
  unavailable: {
    code: 'database.unavailable',
    family: 'operational',
    status: 503,
    title: 'The database cannot be reached',
  },
  notWritable: {
    code: 'database.not-writable',
    family: 'operational',
    status: 503,
    title: 'The database takes no changes: it is full or read-only',
  },
  replaced: {
    code: 'database.replaced',
    family: 'operational',
    status: 503,
    title: 'The database is not the one that this replica started with',
  },
  transactionLost: {
    code: 'database.transaction-lost',
    family: 'operational',
    status: 503,
    title: 'The database ended a transaction before it was committed',
  },
  tooSlow: {
    code: 'database.too-slow',
    family: 'operational',
    status: 503,
    title: 'The database took longer than a unit of work may wait',
  },
  notMigrated: {
    code: 'database.not-migrated',
    family: 'operational',
    status: 503,
    title: 'The database is not there, or its schema is older than this version needs',
  },
  certificate: {
    code: 'database.certificate-not-trusted',
    family: 'operational',
    status: 503,
    title: 'The certificate of the database server is not trusted',
  },
  noRowVersions: {
    code: 'database.no-row-versions',
    family: 'operational',
    status: 503,
    title: 'The database makes readers wait for writers: READ_COMMITTED_SNAPSHOT is off',
  },
  copyNotReady: {
    code: 'database.copy-not-ready',
    family: 'operational',
    status: 503,
    title: 'The copy of the database that this site reads is not there yet',
  },
  busy: {
    code: 'database.busy',
    family: 'operational',
    status: 503,
    title: 'The database has more to do than it can answer in time',
  },
  answerTooLarge: {
    code: 'database.answer-too-large',
    family: 'defect',
    status: 500,
    title: 'A query answered more than a replica can hold',
  },
  contention: {
    code: 'database.contention',
    family: 'operational',
    status: 503,
    title: 'The change could not be written because of contention',
  },
  commitUnknown: {
    code: 'database.commit-unknown',
    family: 'operational',
    status: 503,
    title: 'The connection was lost while committing; the change may have been made',
  },
  tooLong: {
    code: 'database.unit-of-work-too-long',
    family: 'defect',
    status: 500,
    title: 'A unit of work took longer than a transaction may',
  },
  finished: {
    code: 'database.unit-of-work-finished',
    family: 'defect',
    status: 500,
    title: 'A finished unit of work was used',
  },
  noInstallation: {
    code: 'database.no-installation',
    family: 'defect',
    status: 500,
    title: 'The database does not say which installation it is',
  },
  migrationLock: {
    code: 'database.migration-lock',
    family: 'operational',
    status: 503,
    title: 'Another process holds the migration lock',
  },
  backupUnusable: {
    code: 'database.backup-unusable',
    family: 'user',
    status: 422,
    title: 'A backup that cannot be made or used',
  },
});
