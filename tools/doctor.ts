import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ConfigModule, ConfigurationError, loadConfig, type Config } from '#libs/config';
import { DatabaseModule } from '#libs/database';
import { Doctor, DoctorModule, failed, type Finding } from '#libs/fleet';
import { LockstepError } from '#libs/kernel';
import { ObservabilityModule } from '#libs/observability';
import { RedisModule } from '#libs/redis';
import { folderEnvironment } from './fleet/folder-environment.js';
import { UsageError } from './usage-error.js';

const USAGE = 'usage: npm run doctor';
const MARKS = { ok: 'ok      ', warning: 'warning ', failed: 'FAILED  ' } as const;

@Module({})
class DoctorTool {}

/**
 * `npm run doctor`: compares the configuration of this environment with the machine, the database, Redis and the fleet, a line for each
 * check with what to do. Changes nothing. 1 when a check has failed.
 */
export async function run(args: readonly string[], print: (line: string) => void): Promise<number> {
  if (args.length > 0) throw new UsageError(USAGE);
  const findings = await examine();
  for (const { check, status, found, advice } of findings) {
    print(`${MARKS[status]}${check}: ${found}`);
    if (advice !== undefined) print(`          ${advice}`);
  }
  return findings.some(({ status }) => status === 'failed') ? 1 : 0;
}

async function examine(): Promise<Finding[]> {
  let config: Config;
  try {
    config = loadConfig(await folderEnvironment(process.cwd(), 'doctor'), 'authoring');
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return [failed('configuration', error.message, 'docs/configuration.md has every key')];
  }
  try {
    return await withDoctor(config, (doctor) => doctor.examine());
  } catch (error) {
    // A database that is away, or older than this version, opens for nobody; its message says what helps.
    if (!(error instanceof LockstepError)) throw error;
    return [failed('database', error.message, `see ${error.code} in docs/errors.md`)];
  }
}

async function withDoctor<T>(config: Config, work: (doctor: Doctor) => Promise<T>): Promise<T> {
  const root: DynamicModule = {
    module: DoctorTool,
    imports: [
      ConfigModule.forConfig(config),
      ObservabilityModule,
      RedisModule,
      DatabaseModule.forRoot(),
      DoctorModule,
    ],
  };
  // The findings say what there is to say.
  const app = await NestFactory.createApplicationContext(root, {
    abortOnError: false,
    logger: false,
  });
  try {
    return await work(app.get(Doctor));
  } finally {
    await app.close();
  }
}
