import { Module } from '@nestjs/common';
import { HttpModule } from '#libs/http';
import { ObservabilityModule } from '#libs/observability';
import { RedisModule } from '#libs/redis';

/** What a commerce replica is made of. */
@Module({ imports: [ObservabilityModule, RedisModule, HttpModule] })
export class CommerceModule {}
