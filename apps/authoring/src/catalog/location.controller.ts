import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { LocationEditor, StockDirectory } from '#authoring/inventory';
import { Answers, IfMatch, RequirePermission, VersionedAnswer } from '#libs/http';
import { storeScope, type StoreScope } from './catalog.schemas.js';
import {
  locationAnswer,
  locationBody,
  locationParams,
  locationsAnswer,
  newLocationBody,
  type LocationAnswer,
  type LocationBody,
  type LocationParams,
  type LocationsAnswer,
  type NewLocationBody,
} from './stock-movement.schemas.js';

/** Where the goods of a store are kept. */
@ApiTags('Stock')
@Controller('locations')
export class LocationController {
  constructor(
    private readonly directory: StockDirectory,
    private readonly editor: LocationEditor,
  ) {}

  @Get()
  @RequirePermission('inventory:location:read')
  @ApiOperation({ summary: 'List locations' })
  @Answers(200, locationsAnswer, 'Locations of the store.')
  async list(@Query({ schema: storeScope }) { store }: StoreScope): Promise<LocationsAnswer> {
    return { items: await this.directory.listLocations(store) };
  }

  @Post()
  @RequirePermission('inventory:location:create')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Add a location' })
  @Answers(201, locationAnswer, 'The new location.')
  create(
    @Body({ schema: newLocationBody }) { store, ...content }: NewLocationBody,
  ): Promise<LocationAnswer> {
    return this.editor.create(store, content);
  }

  @Put(':code')
  @RequirePermission('inventory:location:update')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Change a location, and say whether it is sold from' })
  @Answers(200, locationAnswer, 'The changed location.')
  update(
    @Param({ schema: locationParams }) { code }: LocationParams,
    @Query({ schema: storeScope }) { store: storeCode }: StoreScope,
    @IfMatch() version: number,
    @Body({ schema: locationBody }) body: LocationBody,
  ): Promise<LocationAnswer> {
    return this.editor.update({ storeCode, code }, version, body);
  }
}
