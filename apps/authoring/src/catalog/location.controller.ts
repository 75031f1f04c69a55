import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { LocationEditor, StockDirectory } from '#authoring/inventory';
import { Answers, RequirePermission } from '#libs/http';
import { storeScope, type StoreScope } from './catalog.schemas.js';
import {
  locationAnswer,
  locationsAnswer,
  newLocationBody,
  type LocationAnswer,
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
  @ApiOperation({ summary: 'Add a location' })
  @Answers(201, locationAnswer, 'The new location.')
  create(
    @Body({ schema: newLocationBody }) { store, ...content }: NewLocationBody,
  ): Promise<LocationAnswer> {
    return this.editor.create(store, content);
  }
}
