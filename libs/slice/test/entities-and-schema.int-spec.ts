import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { parseDatabaseUrl } from '#libs/config';
import { integerColumn, writeOptions } from '#libs/database';
import {
  describeOnEachDatabase,
  openDatabase,
  type DatabaseFixture,
  type OpenDatabase,
} from '#libs/testing';
import { entitiesByOwner } from './every-slice.js';
import {
  columnsOfEntities,
  columnsOfSchema,
  differences,
  type TableColumn,
} from './table-columns.js';

/** Described as a decorator would, but only while the planted test runs: the storage of decorators is shared. */
function planted(): new () => object {
  class PlantedStoreSettings {
    storeId!: string;
    kind!: string | null;
    contentJson!: string;
    version!: string;
    updatedAt!: number;
    extra!: number;
  }
  Entity('store_settings')(PlantedStoreSettings);
  const { prototype } = PlantedStoreSettings;
  PrimaryColumn('varchar', { length: 35 })(prototype, 'storeId');
  Column('varchar', { length: 20, nullable: true })(prototype, 'kind');
  Column('nvarchar', { length: 200 })(prototype, 'contentJson');
  Column('varchar', { length: 36 })(prototype, 'version');
  Column(integerColumn)(prototype, 'updatedAt');
  Column('smallint')(prototype, 'extra');
  return PlantedStoreSettings;
}

/** Its column would be `kind` to TypeORM, and to the type of the row. */
function plantedWithName(): new () => object {
  class PlantedNames {
    id!: string;
    kind!: string;
  }
  Entity('planted')(PlantedNames);
  PrimaryColumn('varchar', { length: 36 })(PlantedNames.prototype, 'id');
  Column('varchar', { length: 20, name: 'sort' })(PlantedNames.prototype, 'kind');
  return PlantedNames;
}

describeOnEachDatabase(
  'entities',
  (open) => {
    let fixture: DatabaseFixture;
    let database: OpenDatabase;
    let schema: TableColumn[];

    beforeAll(async () => {
      fixture = await open();
      database = await openDatabase(fixture.url);
      schema = await columnsOfSchema(database.writer);
    });

    afterAll(async () => {
      await database.close();
      await fixture.remove();
    });

    const described = (entities: readonly (new () => object)[]) =>
      columnsOfEntities(writeOptions(parseDatabaseUrl(fixture.url)), entities);
    const all = () => [...entitiesByOwner.values()].flat();

    it('describe every table of the migrated schema once, and every column as it is', async () => {
      expect(new Set(schema.map(({ table }) => table)).size).toBeGreaterThan(40);
      expect(differences(schema, await described(all()))).toEqual([]);
    });

    it('are missed where a table has none, or two', async () => {
      const entities = await described(all());
      const withoutStores = entities.filter(({ table }) => table !== 'store');
      expect(differences(schema, withoutStores)).toContain('store.code has no entity');
      const twice = [...entities, ...entities.filter(({ table }) => table === 'store')];
      expect(differences(schema, twice)).toContain('store.code is described twice');
    });

    it('are caught when they differ in a type, a length, a null, a key or a name', async () => {
      const wrong = await described([planted()]);
      const table = schema.filter((column) => column.table === 'store_settings');
      expect(differences(table, wrong)).toEqual([
        'store_settings.store_id is key(36) NOT NULL PRIMARY KEY; its entity says key(35) NOT NULL PRIMARY KEY',
        'store_settings.kind is key(20) NOT NULL PRIMARY KEY; its entity says key(20)',
        'store_settings.content_json is longText NOT NULL; its entity says text(200) NOT NULL',
        'store_settings.version is integer NOT NULL; its entity says key(36) NOT NULL',
        'store_settings.extra is in no table',
      ]);
    });

    it('are refused when they give a column another name than its property has', async () => {
      await expect(described([plantedWithName()])).rejects.toThrow(
        'the column of kind is named as the property is',
      );
    });
  },
  { withoutSchema: true },
);
