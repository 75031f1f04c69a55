import type { ColumnTypes } from '../schema/column-types.js';
import { PortableMigration } from './portable-migration.js';

/** Which cached values each replica uses most, so that one that starts can load them in time. */
export class HotKeys1730000000004 extends PortableMigration {
  readonly name = 'HotKeys1730000000004';

  protected readonly tables = ['hot_keys'];

  protected statements(t: ColumnTypes): readonly string[] {
    return [
      `CREATE TABLE hot_keys (
        replica_id ${t.key(100)} NOT NULL PRIMARY KEY,
        role ${t.key(20)} NOT NULL,
        noted_at ${t.integer} NOT NULL,
        keys_json ${t.longText} NOT NULL
      )`,
    ];
  }
}
