import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { SellableReader } from '#libs/catalog';
import {
  AddressBook,
  CreditReader,
  CurrentShopper,
  customersErrors,
  WishList,
  type Shopper,
} from '#libs/customers';
import {
  Answers,
  ForCustomer,
  idParams,
  IfMatch,
  VersionedAnswer,
  type IdParams,
} from '#libs/http';
import { StoreReader } from '#libs/stores';
import { noQuery } from '../catalog/storefront.schemas.js';
import {
  addressBookAnswer,
  balanceAnswer,
  bookedAddressAnswer,
  bookedAddressBody,
  skuParams,
  wishListAnswer,
  type AddressBookAnswer,
  type BalanceAnswer,
  type BookedAddressAnswer,
  type BookedAddressBody,
  type SkuParams,
  type WishListAnswer,
} from './customer.schemas.js';

/** Addresses, wishes and credit of a customer. */
@ForCustomer()
@ApiTags('Customers')
@Controller('customers/me')
export class BelongingsController {
  constructor(
    private readonly addresses: AddressBook,
    private readonly wishes: WishList,
    private readonly credit: CreditReader,
    private readonly sellables: SellableReader,
    private readonly stores: StoreReader,
  ) {}

  @Get('addresses')
  @ApiOperation({ summary: 'List one’s addresses' })
  @Answers(200, addressBookAnswer, 'One’s own addresses, oldest first.')
  async listAddresses(
    @CurrentShopper() shopper: Shopper,
    @Query({ schema: noQuery }) _query: object,
  ): Promise<AddressBookAnswer> {
    return { items: [...(await this.addresses.list(shopper))] };
  }

  @Post('addresses')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Add an address' })
  @Answers(201, bookedAddressAnswer, 'The address. A new default takes the place of the old one.')
  addAddress(
    @CurrentShopper() shopper: Shopper,
    @Body({ schema: bookedAddressBody }) body: BookedAddressBody,
  ): Promise<BookedAddressAnswer> {
    return this.addresses.add(shopper, body);
  }

  @Put('addresses/:id')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Replace an address' })
  @Answers(200, bookedAddressAnswer, 'The address.')
  replaceAddress(
    @CurrentShopper() shopper: Shopper,
    @Param({ schema: idParams }) { id }: IdParams,
    @IfMatch() version: number,
    @Body({ schema: bookedAddressBody }) body: BookedAddressBody,
  ): Promise<BookedAddressAnswer> {
    return this.addresses.replace(shopper, id, version, body);
  }

  @Delete('addresses/:id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove an address' })
  @Answers(204, undefined, 'The address is gone; orders keep theirs.')
  async removeAddress(
    @CurrentShopper() shopper: Shopper,
    @Param({ schema: idParams }) { id }: IdParams,
  ): Promise<void> {
    await this.addresses.remove(shopper, id);
  }

  @Get('wish-list')
  @ApiOperation({ summary: 'List what one wants to find again' })
  @Answers(200, wishListAnswer, 'One’s own wishes, newest first.')
  async listWishes(
    @CurrentShopper() shopper: Shopper,
    @Query({ schema: noQuery }) _query: object,
  ): Promise<WishListAnswer> {
    const { storeCode } = shopper;
    const wished = await this.wishes.list(shopper);
    const { locale } = await this.stores.sight(storeCode);
    const ids = wished.map(({ productId }) => productId);
    const sold = await this.sellables.list({ storeCode, locale }, ids);
    return {
      items: wished.map((each) => {
        const { sku = null, slug = null, name = null } = sold.get(each.variantId) ?? {};
        return { ...each, sku, slug, name };
      }),
    };
  }

  @Put('wish-list/:sku')
  @HttpCode(204)
  @ApiOperation({ summary: 'Put a variant on one’s wish list' })
  @Answers(204, undefined, 'It is on the list.')
  async addWish(
    @CurrentShopper() shopper: Shopper,
    @Param({ schema: skuParams }) { sku }: SkuParams,
  ): Promise<void> {
    await this.wishes.ensure(shopper, await this.variantOf(shopper, sku));
  }

  @Delete('wish-list/:sku')
  @HttpCode(204)
  @ApiOperation({ summary: 'Take a variant off one’s wish list' })
  @Answers(204, undefined, 'It is not on the list.')
  async removeWish(
    @CurrentShopper() shopper: Shopper,
    @Param({ schema: skuParams }) { sku }: SkuParams,
  ): Promise<void> {
    await this.wishes.remove(shopper, (await this.variantOf(shopper, sku)).variantId);
  }

  @Get('balance')
  @ApiOperation({ summary: 'Show one’s credit' })
  @Answers(200, balanceAnswer, 'One’s own accounts, one for each currency.')
  async balance(
    @CurrentShopper() shopper: Shopper,
    @Query({ schema: noQuery }) _query: object,
  ): Promise<BalanceAnswer> {
    const accounts = await this.credit.list(shopper);
    return {
      items: accounts.map(({ currency, balanceMinor, limitMinor, version }) => ({
        balance: { amount: balanceMinor, currency },
        limit: { amount: limitMinor, currency },
        version,
      })),
    };
  }

  private async variantOf({ storeId }: Shopper, sku: string) {
    const found = (await this.sellables.resolve(storeId, [sku])).get(sku);
    if (found === undefined) throw customersErrors.wishUnknown();
    return found;
  }
}
