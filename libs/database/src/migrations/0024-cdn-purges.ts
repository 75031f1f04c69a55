import type { ColumnTypes } from '../schema/column-types.js';
import { PortableMigration } from './portable-migration.js';

/** How far each shared cache was purged. */
export class CdnPurges1730000000024 extends PortableMigration {
  readonly name = 'CdnPurges1730000000024';

  protected readonly tables = ['cdn_purge'];

  protected statements(t: ColumnTypes): readonly string[] {
    return [
      `CREATE TABLE cdn_purge (
        id ${t.key(64)} NOT NULL PRIMARY KEY,
        holder ${t.key(110)} NOT NULL,
        fence ${t.integer} NOT NULL,
        expires_at ${t.integer} NOT NULL,
        position ${t.integer} NOT NULL
      )`,
    ];
  }
}
