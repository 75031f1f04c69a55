// A process of dist/ that migrates the database of its argument as soon as it is told to: with all of its code loaded, so that many of them
// begin at once. usage: node migrate.mjs <DATABASE_URL>; prints "ready", and starts when its input ends
import { parseDatabaseUrl } from '#libs/config';
import { migrateDatabase } from '#libs/database';

process.stdin.once('end', () => void migrateDatabase(parseDatabaseUrl(process.argv[2])));
process.stdin.resume();
process.stdout.write('ready');
