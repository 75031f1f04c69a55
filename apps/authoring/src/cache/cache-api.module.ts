import { Module } from '@nestjs/common';
import { CacheController } from './cache.controller.js';

/** `/cache`. */
@Module({ controllers: [CacheController] })
export class CacheApiModule {}
