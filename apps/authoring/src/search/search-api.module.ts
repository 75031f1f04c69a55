import { Module } from '@nestjs/common';
import { SearchAuthoringModule } from '#authoring/search';
import { ExplainController } from './explain.controller.js';

/** `/search`. */
@Module({ imports: [SearchAuthoringModule], controllers: [ExplainController] })
export class SearchApiModule {}
