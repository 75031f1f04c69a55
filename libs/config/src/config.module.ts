import { Module, type DynamicModule } from '@nestjs/common';
import { loadConfig, processEnvironment, type Config, type Environment } from './load-config.js';
import {
  CacheConfig,
  CdnConfig,
  DatabaseConfig,
  HttpConfig,
  JobsConfig,
  LimitsConfig,
  MailConfig,
  PaymentsConfig,
  PushConfig,
  RedisConfig,
  RuntimeConfig,
  ScalingConfig,
  SiteConfig,
  type Role,
} from './sections.js';
import { SearchConfig } from './values/search-config.js';
import { TracingConfig } from './values/tracing-config.js';

/** Makes every section injectable everywhere. Imported once, by the root of a process. */
@Module({})
export class ConfigModule {
  /** Reads the environment; throws ConfigurationError when it is not valid. */
  static forRoot(role: Role, environment: Environment = processEnvironment()): DynamicModule {
    return ConfigModule.forConfig(loadConfig(environment, role));
  }

  /** Serves a configuration that has been loaded already. */
  static forConfig(config: Config): DynamicModule {
    const providers = [
      { provide: RuntimeConfig, useValue: config.runtime },
      { provide: HttpConfig, useValue: config.http },
      { provide: DatabaseConfig, useValue: config.database },
      { provide: RedisConfig, useValue: config.redis },
      { provide: CacheConfig, useValue: config.cache },
      { provide: SearchConfig, useValue: config.search },
      { provide: JobsConfig, useValue: config.jobs },
      { provide: PushConfig, useValue: config.push },
      { provide: LimitsConfig, useValue: config.limits },
      { provide: MailConfig, useValue: config.mail },
      { provide: ScalingConfig, useValue: config.scaling },
      { provide: SiteConfig, useValue: config.site },
      { provide: PaymentsConfig, useValue: config.payments },
      { provide: CdnConfig, useValue: config.cdn },
      { provide: TracingConfig, useValue: config.tracing },
    ];
    return {
      module: ConfigModule,
      global: true,
      providers,
      exports: providers.map(({ provide }) => provide),
    };
  }
}
