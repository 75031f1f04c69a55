// Holds the write lock of a SQLite database until it is killed: a writer in the middle of its transaction.
import BetterSqlite3 from 'better-sqlite3';

const database = new BetterSqlite3(process.argv[2]);
database.pragma('busy_timeout = 10000');
database.exec('BEGIN IMMEDIATE');
process.stdout.write('held\n');
setInterval(() => undefined, 1_000);
