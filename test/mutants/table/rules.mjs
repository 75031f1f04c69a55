const tablesAndOwners = 'libs/slice/test/tables-and-owners.int-spec.ts';
const entitiesAndSchema = 'libs/slice/test/entities-and-schema.int-spec.ts';
const handwrittenRows = 'libs/slice/test/handwritten-rows.int-spec.ts';
const promisedColumns = 'libs/slice/test/promised-columns.int-spec.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'database: an entity is shorter than its column',
    promise: 'libs/slice/README.md: entities describe the migrated schema',
    file: 'libs/identity/src/model/staff-user.entity.ts',
    replace: [['length: 254', 'length: 253']],
    suites: [entitiesAndSchema],
  },
  {
    name: 'database: a slice names a table of the platform',
    promise: 'libs/slice/README.md: a table is named by its owner alone',
    file: 'libs/catalog/src/authoring/import-job/import-file.repository.ts',
    replace: [['WHERE f.created_at < ', 'JOIN job k ON k.id = f.job_id WHERE f.created_at < ']],
    suites: [tablesAndOwners],
  },
  {
    name: 'database: a statement types a column by hand',
    promise: 'libs/slice/README.md: the row of a statement has the types of the entity',
    file: 'libs/catalog/src/authoring/products/picture.repository.ts',
    replace: [["query<RowOf<PictureEntity, 'path'>>", 'query<{ path: string }>']],
    suites: [handwrittenRows],
  },
  {
    name: 'database: a statement selects less than the type of its row promises',
    promise: 'libs/slice/README.md: a statement selects the columns that its row type promises',
    file: 'libs/search/src/authoring/misses/miss.directory.ts',
    replace: [['SELECT locale, query, miss_count, last_at', 'SELECT locale, query, last_at']],
    suites: [promisedColumns],
  },
  {
    name: 'database: a statement answers less on SQL Server than the type of its row promises',
    promise: 'libs/slice/README.md: a statement selects the columns that its row type promises',
    file: 'libs/jobs/src/outbox/outbox.repository.ts',
    replace: [['OUTPUT inserted.id, inserted.name, ', 'OUTPUT inserted.id, ']],
    suites: [promisedColumns],
  },
  {
    name: 'database: a table of the platform has no entity',
    promise: 'libs/slice/README.md: entities describe the migrated schema',
    file: 'libs/database/src/tables/platform-entities.ts',
    replace: [['  ScheduleEntity,\n', '']],
    suites: [entitiesAndSchema],
  },
  {
    name: 'database: a column is called otherwise, in silence',
    promise: 'ColumnNaming: throws where an entity wants another name',
    file: 'libs/database/src/schema/column-naming.ts',
    replace: [['customName !== undefined || ', '']],
    suites: [entitiesAndSchema],
  },
];
