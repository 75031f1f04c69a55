import type { ColumnTypes } from '../schema/column-types.js';
import { PortableMigration } from './portable-migration.js';

/** In which order the facets of a store are shown. */
export class FacetSettings1730000000039 extends PortableMigration {
  readonly name = 'FacetSettings1730000000039';

  protected readonly tables = ['facet_settings'];

  protected statements(t: ColumnTypes): readonly string[] {
    return [
      `CREATE TABLE facet_settings (
        store_id ${t.id} NOT NULL PRIMARY KEY,
        content_json ${t.longText} NOT NULL,
        version ${t.integer} NOT NULL,
        updated_at ${t.integer} NOT NULL
      )`,
    ];
  }
}
