import type { ModuleMetadata } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { ConfigModule, loadConfig, type Environment, type Role } from '#libs/config';
import { DatabaseModule } from '#libs/database';
import { ObservabilityModule } from '#libs/observability';
import { RedisModule } from '#libs/redis';
import { PATIENT_READS } from '#libs/testing';

export interface PlatformOptions extends Pick<ModuleMetadata, 'imports' | 'providers'> {
  readonly databaseUrl: string;
  readonly role?: Role;
  /** Without `REDIS_URL` nobody answers where Redis would be. */
  readonly env?: Environment;
}

/** What every process of Lockstep has, without HTTP, and what the test adds. Migrates the database first. */
export async function startPlatform(options: PlatformOptions): Promise<TestingModule> {
  const { databaseUrl, role = 'authoring', env, imports = [], providers = [] } = options;
  const config = loadConfig(
    {
      DATABASE_URL: databaseUrl,
      REDIS_URL: 'redis://127.0.0.1:1',
      LOG_LEVEL: 'silent',
      ...PATIENT_READS,
      ...env,
    },
    role,
  );
  const module = await Test.createTestingModule({
    imports: [
      ConfigModule.forConfig(config),
      ObservabilityModule,
      RedisModule,
      DatabaseModule.forRoot({ isMigrating: true }),
      ...imports,
    ],
    providers,
  }).compile();
  return module.init();
}
