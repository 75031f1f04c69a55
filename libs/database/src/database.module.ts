import {
  Global,
  Inject,
  Injectable,
  Module,
  type DynamicModule,
  type OnApplicationShutdown,
  type Type,
} from '@nestjs/common';
import { getDataSourceToken, TypeOrmModule } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { DatabaseConfig, RuntimeConfig } from '#libs/config';
import { systemClock } from '#libs/kernel';
import { HealthRegistry, Logger } from '#libs/observability';
import { openMigrated, readOptions, writeOptions } from './data-sources.js';
import { DatabaseCopy } from './database-copy.js';
import { InstallationReader } from './installation.js';
import { InvalidationLog } from './invalidation-log.js';
import { PrimaryReader } from './primary-reader.js';
import { SqlReader } from './sql-reader.js';
import { UnitOfWork } from './unit-of-work.js';

const MIGRATION_LOCK_TIMEOUT_MS = 120_000;
const MAX_ATTEMPTS = 5;
const READ_DATA_SOURCE = Symbol('ReadDataSource');

/** Closes the read-only connection; the writing one is closed by TypeOrmModule. */
@Injectable()
class ReadConnection implements OnApplicationShutdown {
  constructor(@Inject(READ_DATA_SOURCE) private readonly dataSource: DataSource) {}

  async onApplicationShutdown(): Promise<void> {
    if (this.dataSource.options.type === 'better-sqlite3' && this.dataSource.isInitialized) {
      await this.dataSource.destroy();
    }
  }
}

/**
 * The database of a replica: migrated when the module is ready, with one way to write
 * ({@link UnitOfWork}) and one way to read ({@link SqlReader}). With `DATABASE_COPY_URL` the copy is
 * what is read, the invalidation log with it; {@link PrimaryReader} is for who must not lag.
 */
@Global()
@Module({})
export class DatabaseModule {
  /** Makes entities known to the data source; imported by the module whose repositories use them. */
  static forEntities(entities: readonly Type<object>[]): DynamicModule {
    return TypeOrmModule.forFeature([...entities]);
  }

  static forRoot(): DynamicModule {
    return {
      module: DatabaseModule,
      imports: [
        TypeOrmModule.forRootAsync({
          inject: [DatabaseConfig],
          useFactory: (config: DatabaseConfig) => ({
            ...writeOptions(config.url),
            autoLoadEntities: true,
          }),
          dataSourceFactory: async (options) => {
            if (options === undefined) throw new TypeError('data source options are missing');
            return openMigrated(options, MIGRATION_LOCK_TIMEOUT_MS);
          },
        }),
      ],
      providers: [
        {
          provide: READ_DATA_SOURCE,
          // The writing data source comes first: it creates the file.
          inject: [DatabaseConfig, getDataSourceToken()],
          useFactory: async (config: DatabaseConfig, writer: DataSource) =>
            config.url.kind === 'sqlite'
              ? new DataSource(readOptions(config.url.file)).initialize()
              : writer,
        },
        {
          provide: UnitOfWork,
          inject: [DatabaseConfig, RuntimeConfig, getDataSourceToken(), Logger],
          useFactory: (
            config: DatabaseConfig,
            runtime: RuntimeConfig,
            writer: DataSource,
            logger: Logger,
          ) =>
            new UnitOfWork(writer, {
              dialect: config.url.kind,
              origin: runtime.replicaId,
              clock: systemClock,
              maxTransactionMs: config.maxTransactionMs,
              maxAttempts: MAX_ATTEMPTS,
              onListenerFailure: (error) =>
                logger.error({ err: error }, 'a commit listener failed'),
            }),
        },
        {
          provide: PrimaryReader,
          inject: [DatabaseConfig, READ_DATA_SOURCE],
          useFactory: (config: DatabaseConfig, source: DataSource) =>
            new PrimaryReader(source, config.url.kind),
        },
        {
          provide: DatabaseCopy,
          inject: [DatabaseConfig, HealthRegistry, Logger],
          useFactory: async (
            { copyUrl }: DatabaseConfig,
            health: HealthRegistry,
            logger: Logger,
          ) => {
            if (copyUrl === undefined) return undefined;
            const copy = new DatabaseCopy(copyUrl, health, logger);
            await copy.open();
            return copy;
          },
        },
        {
          provide: SqlReader,
          inject: [PrimaryReader, DatabaseCopy],
          useFactory: (primary: PrimaryReader, copy: DatabaseCopy | undefined) =>
            copy === undefined ? primary : new SqlReader(copy, primary.dialect),
        },
        {
          provide: InvalidationLog,
          inject: [SqlReader, UnitOfWork],
          useFactory: (reader: SqlReader, unitOfWork: UnitOfWork) =>
            new InvalidationLog(reader, unitOfWork),
        },
        InstallationReader,
        ReadConnection,
      ],
      exports: [UnitOfWork, SqlReader, PrimaryReader, InvalidationLog, InstallationReader],
    };
  }
}
