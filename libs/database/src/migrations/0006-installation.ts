import { randomBytes, randomUUID } from 'node:crypto';
import type { ColumnTypes } from '../schema/column-types.js';
import { PortableMigration } from './portable-migration.js';

/** Which installation this database is, and the key its replicas sign their announcements with. */
export class Installation1730000000006 extends PortableMigration {
  readonly name = 'Installation1730000000006';

  protected readonly tables = ['installation'];

  protected statements(t: ColumnTypes): readonly string[] {
    const key = randomBytes(32).toString('hex');
    return [
      `CREATE TABLE installation (
        id ${t.id} NOT NULL PRIMARY KEY,
        announcement_key ${t.key(64)} NOT NULL,
        home ${t.key(100)},
        created_at ${t.integer} NOT NULL
      )`,
      `INSERT INTO installation (id, announcement_key, created_at)
       VALUES ('${randomUUID()}', '${key}', ${Date.now()})`,
    ];
  }
}
