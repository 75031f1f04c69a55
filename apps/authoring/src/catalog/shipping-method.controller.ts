import { Body, Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ShippingMethodEditor, StoreDirectory } from '#authoring/stores';
import { Answers, IfMatch, RequirePermission, VersionedAnswer } from '#libs/http';
import { PickUpLocations } from './pick-up-locations.js';
import {
  shippingMethodAnswerOf,
  shippingMethodBody,
  shippingMethodParams,
  shippingMethodsAnswer,
  statedMethodAnswer,
  type ShippingMethodBody,
  type ShippingMethodParams,
  type ShippingMethodsAnswer,
  type StatedMethodAnswer,
} from './shipping-method.schemas.js';
import { settingsParams, type SettingsParams } from './store-settings.schemas.js';

/** Ways of shipping, one by one; the version is that of the sales settings of which they are a part. */
@ApiTags('Stores')
@Controller('stores/:code/shipping-methods')
export class ShippingMethodController {
  constructor(
    private readonly directory: StoreDirectory,
    private readonly editor: ShippingMethodEditor,
    private readonly locations: PickUpLocations,
  ) {}

  @Get()
  @RequirePermission('catalog:store:read')
  @VersionedAnswer()
  @ApiOperation({ summary: 'List the shipping methods of a store' })
  @Answers(200, shippingMethodsAnswer, 'In the order in which carts list them.')
  async list(
    @Param({ schema: settingsParams }) { code }: SettingsParams,
  ): Promise<ShippingMethodsAnswer> {
    const { content, version } = await this.directory.settings(code, 'sales');
    return { items: content.shippingMethods.map(shippingMethodAnswerOf), version };
  }

  @Put(':method')
  @RequirePermission('catalog:store:update')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Add or replace a shipping method' })
  @Answers(200, statedMethodAnswer, 'In force on every replica within milliseconds.')
  async set(
    @Param({ schema: shippingMethodParams }) { code, method }: ShippingMethodParams,
    @IfMatch() version: number,
    @Body({ schema: shippingMethodBody }) body: ShippingMethodBody,
  ): Promise<StatedMethodAnswer> {
    const stated = { code: method, ...body };
    await this.locations.assertKnown(code, [stated], () => 'pickUp.location');
    const next = await this.editor.set(code, version, stated);
    return { ...shippingMethodAnswerOf(stated), version: next };
  }

  @Delete(':method')
  @RequirePermission('catalog:store:update')
  @HttpCode(204)
  @ApiOperation({ summary: 'Take a shipping method away' })
  @Answers(204, undefined, 'Carts that have chosen it have to choose another.')
  async remove(
    @Param({ schema: shippingMethodParams }) { code, method }: ShippingMethodParams,
    @IfMatch() version: number,
  ): Promise<void> {
    await this.editor.remove(code, version, method);
  }
}
