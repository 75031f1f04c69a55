import { Body, Controller, Get, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { FacetSettingsDirectory, FacetSettingsEditor } from '#authoring/search';
import { Answers, IfMatch, RequirePermission, VersionedAnswer } from '#libs/http';
import { storeScope, type StoreScope } from '../catalog/catalog.schemas.js';
import {
  facetSettingsAnswer,
  facetSettingsAnswerOf,
  facetSettingsBody,
  type FacetSettingsAnswer,
  type FacetSettingsBody,
} from './facet-settings.schemas.js';

/** In which order facets are shown: one document of a store; `If-Match: "0"` stands for one that was never changed. */
@ApiTags('Search')
@Controller('search/facets')
export class FacetSettingsController {
  constructor(
    private readonly directory: FacetSettingsDirectory,
    private readonly editor: FacetSettingsEditor,
  ) {}

  @Get()
  @RequirePermission('search:facet:read')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Get in which order the facets of a store are shown' })
  @Answers(200, facetSettingsAnswer, 'The settings.')
  async get(@Query({ schema: storeScope }) { store }: StoreScope): Promise<FacetSettingsAnswer> {
    return facetSettingsAnswerOf(await this.directory.get(store));
  }

  @Put()
  @RequirePermission('search:facet:update')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Set in which order the facets of a store are shown' })
  @Answers(200, facetSettingsAnswer, 'The new settings; every replica shows facets so at once.')
  async replace(
    @Query({ schema: storeScope }) { store }: StoreScope,
    @IfMatch() version: number,
    @Body({ schema: facetSettingsBody }) body: FacetSettingsBody,
  ): Promise<FacetSettingsAnswer> {
    return facetSettingsAnswerOf(await this.editor.replace(store, version, body));
  }
}
