import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { StoreDirectory, StoreSettingsEditor } from '#authoring/stores';
import { Answers, IfMatch, isoTime, RequirePermission, VersionedAnswer } from '#libs/http';
import type { StoredSettings } from '#libs/stores';
import { PickUpLocations } from './pick-up-locations.js';
import { shippingMethodAnswerOf } from './shipping-method.schemas.js';
import {
  invoicingSettingsAnswer,
  invoicingSettingsBody,
  type InvoicingSettingsAnswer,
  type InvoicingSettingsBody,
  salesSettingsAnswer,
  salesSettingsBody,
  settingsParams,
  taxRulesAnswer,
  taxRulesBody,
  type SalesSettingsAnswer,
  type SalesSettingsBody,
  type SettingsParams,
  type TaxRulesAnswer,
  type TaxRulesBody,
} from './store-settings.schemas.js';

/** How a store sells: whole documents; `If-Match: "0"` stands for one that was never changed. */
@ApiTags('Stores')
@Controller('stores/:code')
export class StoreSettingsController {
  constructor(
    private readonly directory: StoreDirectory,
    private readonly editor: StoreSettingsEditor,
    private readonly locations: PickUpLocations,
  ) {}

  @Get('tax-rules')
  @RequirePermission('catalog:store:read')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Get the tax rules of a store' })
  @Answers(200, taxRulesAnswer, 'The tax rules.')
  async taxRules(@Param({ schema: settingsParams }) { code }: SettingsParams) {
    return taxRulesAnswerOf(await this.directory.settings(code, 'tax'));
  }

  @Put('tax-rules')
  @RequirePermission('catalog:store:update')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Set the tax rules of a store' })
  @Answers(200, taxRulesAnswer, 'The new tax rules, in force on every replica within milliseconds.')
  async setTaxRules(
    @Param({ schema: settingsParams }) { code }: SettingsParams,
    @IfMatch() version: number,
    @Body({ schema: taxRulesBody }) body: TaxRulesBody,
  ): Promise<TaxRulesAnswer> {
    const rates = body.rates.map((rate) => ({
      ...rate,
      validFrom: epochOf(rate.validFrom),
      validUntil: epochOf(rate.validUntil),
    }));
    return taxRulesAnswerOf(await this.editor.replace(code, 'tax', version, { ...body, rates }));
  }

  @Get('sales-settings')
  @RequirePermission('catalog:store:read')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Get how a store sells' })
  @Answers(200, salesSettingsAnswer, 'Countries, shipping methods and the numbers of orders.')
  async salesSettings(
    @Param({ schema: settingsParams }) { code }: SettingsParams,
  ): Promise<SalesSettingsAnswer> {
    return salesAnswerOf(await this.directory.settings(code, 'sales'));
  }

  @Put('sales-settings')
  @RequirePermission('catalog:store:update')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Set how a store sells' })
  @Answers(200, salesSettingsAnswer, 'In force on every replica within milliseconds.')
  async setSalesSettings(
    @Param({ schema: settingsParams }) { code }: SettingsParams,
    @IfMatch() version: number,
    @Body({ schema: salesSettingsBody }) body: SalesSettingsBody,
  ): Promise<SalesSettingsAnswer> {
    await this.locations.assertKnown(code, body.shippingMethods);
    return salesAnswerOf(await this.editor.replace(code, 'sales', version, body));
  }

  @Get('invoicing-settings')
  @RequirePermission('catalog:store:read')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Get what stands on the invoices of a store' })
  @Answers(200, invoicingSettingsAnswer, 'Who sells, and how the numbers of invoices begin.')
  async invoicingSettings(
    @Param({ schema: settingsParams }) { code }: SettingsParams,
  ): Promise<InvoicingSettingsAnswer> {
    return invoicingAnswerOf(await this.directory.settings(code, 'invoicing'));
  }

  @Put('invoicing-settings')
  @RequirePermission('catalog:store:update')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Set what stands on the invoices of a store' })
  @Answers(
    200,
    invoicingSettingsAnswer,
    'For what is issued from now on; a new prefix begins at 1.',
  )
  async setInvoicingSettings(
    @Param({ schema: settingsParams }) { code }: SettingsParams,
    @IfMatch() version: number,
    @Body({ schema: invoicingSettingsBody }) body: InvoicingSettingsBody,
  ): Promise<InvoicingSettingsAnswer> {
    return invoicingAnswerOf(await this.editor.replace(code, 'invoicing', version, body));
  }
}

function taxRulesAnswerOf({ content, version }: StoredSettings<'tax'>): TaxRulesAnswer {
  return {
    pricesIncludeTax: content.pricesIncludeTax,
    defaultCountry: content.defaultCountry,
    categories: [...content.categories],
    zones: content.zones.map((zone) => ({ ...zone, areas: [...zone.areas] })),
    rates: content.rates.map((rate) => ({
      ...rate,
      validFrom: timeOf(rate.validFrom),
      validUntil: timeOf(rate.validUntil),
    })),
    version,
  };
}

function salesAnswerOf({ content, version }: StoredSettings<'sales'>): SalesSettingsAnswer {
  return {
    orderNumberPrefix: content.orderNumberPrefix,
    allowedCountries: [...content.allowedCountries],
    shippingMethods: content.shippingMethods.map(shippingMethodAnswerOf),
    stockHolds: content.stockHolds ?? null,
    version,
  };
}

function invoicingAnswerOf({
  content,
  version,
}: StoredSettings<'invoicing'>): InvoicingSettingsAnswer {
  const { sellerLines, footerLines } = content;
  return { ...content, sellerLines: [...sellerLines], footerLines: [...footerLines], version };
}

function epochOf(time: string | null): number | null {
  return time === null ? null : Date.parse(time);
}

function timeOf(epochMs: number | null): string | null {
  return epochMs === null ? null : isoTime(epochMs);
}
