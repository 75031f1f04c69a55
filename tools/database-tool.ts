import {
  Module,
  type DynamicModule,
  type INestApplicationContext,
  type Type,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ConfigModule, ConfigurationError, loadConfig, processEnvironment } from '#libs/config';
import { DatabaseModule, isUnreachable } from '#libs/database';
import { LockstepError } from '#libs/kernel';
import { Logger, NestLogger, ObservabilityModule } from '#libs/observability';

@Module({})
class DatabaseToolModule {}

/**
 * Runs `work` against the database of the environment, made or migrated first, with the given modules and nothing
 * else: no HTTP, no cache, no Redis. Ends the process: 0, or 1 with the reason on stderr.
 */
export async function runDatabaseTool(
  modules: readonly (Type<unknown> | DynamicModule)[],
  work: (app: INestApplicationContext, logger: Logger) => Promise<void>,
): Promise<never> {
  try {
    const config = loadConfig(processEnvironment(), 'authoring');
    const root: DynamicModule = {
      module: DatabaseToolModule,
      imports: [
        ConfigModule.forConfig(config),
        ObservabilityModule,
        DatabaseModule.forRoot({ isMigrating: true }),
        ...modules,
      ],
    };
    const app = await NestFactory.createApplicationContext(root, {
      abortOnError: false,
      // What goes wrong before there is a logger is told at the end, once.
      logger: false,
    });
    const logger = app.get(Logger);
    app.useLogger(new NestLogger(logger));
    try {
      await work(app, logger);
    } finally {
      await app.close();
    }
  } catch (error) {
    const isUsers =
      error instanceof ConfigurationError ||
      (error instanceof LockstepError && error.family === 'user') ||
      isUnreachable(error);
    process.stderr.write(`${isUsers ? messageOf(error) : describe(error)}\n`);
    process.exit(1);
  }
  process.exit(0);
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return isUnreachable(error) ? `the database of DATABASE_URL cannot be used: ${message}` : message;
}
