import { Module } from '@nestjs/common';
import { HttpModule } from '#libs/http';
import { ObservabilityModule } from '#libs/observability';
import { RedisModule } from '#libs/redis';

/** What a authoring replica is made of. */
@Module({ imports: [ObservabilityModule, RedisModule, HttpModule] })
export class AuthoringModule {}
