import {
  Global,
  Inject,
  Injectable,
  Module,
  type DynamicModule,
  type OnApplicationShutdown,
  type OnModuleInit,
  type Type,
} from '@nestjs/common';
import { getDataSourceToken, TypeOrmModule } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { DatabaseConfig, RuntimeConfig } from '#libs/config';
import { systemClock } from '#libs/kernel';
import { HealthRegistry, Logger, Metrics } from '#libs/observability';
import { DatabaseClock } from './database-clock.js';
import { migrateDatabase, openAsItIs, writeOptions } from './opening/data-sources.js';
import { DatabaseState } from './opening/database-state.js';
import { DatabaseCopy } from './opening/database-copy.js';
import { IdempotencyRecordPruner } from './idempotency/idempotency-record.pruner.js';
import { IdempotentUnitOfWork } from './idempotency/idempotent-unit-of-work.js';
import { InstallationReader } from './opening/installation.js';
import { InvalidationPruner } from './logs/invalidation.pruner.js';
import { InvalidationLog } from './logs/invalidation-log.js';
import { mayOpenLater } from './opening/may-open-later.js';
import { PrimaryReader } from './reads/primary-reader.js';
import { openReads, type DatabaseReads } from './reads/open-reads.js';
import { SlowStatements } from './watching/slow-statements.js';
import { SqlReader } from './reads/sql-reader.js';
import { UnitOfWork } from './unit-of-work/unit-of-work.js';
import { WriteReadiness } from './unit-of-work/write-readiness.js';

const MAX_ATTEMPTS = 5;
/** What Azure recommends before another attempt. */
const OPENING_DELAY_MS = 5_000;
const CLOCK_READING_MS = 60_000;
const PRIMARY_READS = Symbol('PrimaryReads');

/** Closes what reads the primary; what writes is closed by TypeOrmModule. */
@Injectable()
class PrimaryReads implements OnApplicationShutdown {
  constructor(@Inject(PRIMARY_READS) private readonly reads: DatabaseReads) {}

  onApplicationShutdown(): Promise<void> {
    return this.reads.close();
  }
}

function open(
  config: DatabaseConfig,
  logger: Logger,
  statements: SlowStatements,
  isCopy = false,
): Promise<DatabaseReads> {
  const options = {
    threads: config.readThreads,
    waitMs: config.waitMs,
    limitMs: config.readTimeoutMs,
    onStatement: statements.note,
    onThreadLost: (err: Error) =>
      logger.warn({ err }, 'a thread that reads the database is replaced'),
  };
  return openReads((isCopy ? config.copyUrl : undefined) ?? config.url, options, isCopy);
}

/** Compares the replica's time with that of the database once a minute. */
@Injectable()
class ClockReading implements OnModuleInit, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly clock: DatabaseClock) {}

  onModuleInit(): void {
    this.timer = setInterval(() => void this.clock.read(), CLOCK_READING_MS);
    this.timer.unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }
}

/**
 * The database of a replica: open when the module is ready, with one way to write
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

  /** With `isMigrating` the schema is made or brought up to date first: for tools and tests, never for a replica. */
  static forRoot({ isMigrating = false } = {}): DynamicModule {
    return {
      module: DatabaseModule,
      imports: [
        TypeOrmModule.forRootAsync({
          inject: [DatabaseConfig],
          useFactory: async (config: DatabaseConfig) => {
            if (isMigrating) await migrateDatabase(config.url);
            return {
              ...writeOptions(config.url, config.waitMs),
              autoLoadEntities: true,
              retryDelay: OPENING_DELAY_MS,
              toRetry: mayOpenLater,
            };
          },
          dataSourceFactory: async (options) => {
            if (options === undefined) throw new TypeError('data source options are missing');
            return openAsItIs(options);
          },
        }),
      ],
      providers: [
        {
          provide: SlowStatements,
          inject: [DatabaseConfig, Logger, Metrics],
          useFactory: ({ slowMs }: DatabaseConfig, logger: Logger, metrics: Metrics) =>
            new SlowStatements({ slowMs, clock: systemClock, logger, metrics }),
        },
        {
          provide: PRIMARY_READS,
          // The writing data source comes first: it creates the file.
          inject: [DatabaseConfig, Logger, SlowStatements, getDataSourceToken()],
          useFactory: (config: DatabaseConfig, logger: Logger, statements: SlowStatements) =>
            open(config, logger, statements),
        },
        {
          provide: UnitOfWork,
          inject: [
            DatabaseConfig,
            RuntimeConfig,
            getDataSourceToken(),
            DatabaseClock,
            Logger,
            SlowStatements,
          ],
          useFactory: (
            config: DatabaseConfig,
            runtime: RuntimeConfig,
            writer: DataSource,
            clock: DatabaseClock,
            logger: Logger,
            statements: SlowStatements,
          ) =>
            new UnitOfWork(writer, {
              dialect: config.url.kind,
              origin: runtime.replicaId,
              clock,
              maxTransactionMs: config.maxTransactionMs,
              waitMs: config.waitMs,
              maxAttempts: MAX_ATTEMPTS,
              onStatement: statements.note,
              onListenerFailure: (error) =>
                logger.error({ err: error }, 'a commit listener failed'),
            }),
        },
        {
          provide: PrimaryReader,
          inject: [DatabaseConfig, PRIMARY_READS],
          useFactory: ({ url }: DatabaseConfig, { loads }: DatabaseReads) =>
            new PrimaryReader(loads, url.kind),
        },
        {
          provide: DatabaseClock,
          inject: [PrimaryReader, Logger],
          useFactory: async (reader: PrimaryReader, logger: Logger) => {
            const clock = new DatabaseClock({
              reader,
              local: systemClock,
              onJump: (differenceMs) =>
                logger.error(
                  { differenceMs },
                  'the clock of the database jumped; the earlier time goes on',
                ),
              onFailure: (error) =>
                logger.warn({ err: error }, 'the clock of the database could not be read'),
            });
            // Nothing may be judged or written with the time of the replica.
            await clock.read();
            return clock;
          },
        },
        {
          provide: DatabaseCopy,
          inject: [DatabaseConfig, HealthRegistry, Logger, SlowStatements],
          useFactory: async (
            config: DatabaseConfig,
            health: HealthRegistry,
            logger: Logger,
            statements: SlowStatements,
          ) => {
            if (config.copyUrl === undefined) return undefined;
            const openCopy = () => open(config, logger, statements, true);
            const copy = new DatabaseCopy(config.copyUrl, openCopy, health, logger);
            await copy.open();
            return copy;
          },
        },
        {
          provide: SqlReader,
          inject: [PrimaryReader, DatabaseCopy],
          useFactory: (primary: PrimaryReader, copy: DatabaseCopy | undefined) =>
            copy === undefined ? primary : new SqlReader(copy.loads, primary.dialect),
        },
        {
          provide: InvalidationLog,
          inject: [PRIMARY_READS, DatabaseCopy, UnitOfWork],
          useFactory: (
            primary: DatabaseReads,
            copy: DatabaseCopy | undefined,
            unitOfWork: UnitOfWork,
          ) => {
            const { following } = copy ?? primary;
            return new InvalidationLog(new SqlReader(following, unitOfWork.dialect), unitOfWork);
          },
        },
        InstallationReader,
        DatabaseState,
        ClockReading,
        IdempotentUnitOfWork,
        IdempotencyRecordPruner,
        InvalidationPruner,
        PrimaryReads,
        WriteReadiness,
      ],
      exports: [
        UnitOfWork,
        DatabaseClock,
        SqlReader,
        PrimaryReader,
        InvalidationLog,
        InstallationReader,
        DatabaseState,
        IdempotentUnitOfWork,
      ],
    };
  }
}
