import { Body, Controller, Get, HttpCode, Ip, Param, Patch, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  CurrentShopper,
  PasswordEditor,
  ProfileEditor,
  type Customer,
  type Shopper,
} from '#libs/customers';
import {
  Answers,
  AnswersProblem,
  ForCustomer,
  IfMatch,
  isoTime,
  pageByCreation,
  pageQuery,
  VersionedAnswer,
  type Page,
  type PageQuery,
} from '#libs/http';
import { OrderHistory, OrderReader, type OrderGlance } from '#libs/orders';
import { StoreReader } from '#libs/stores';
import { noQuery } from '../catalog/storefront.schemas.js';
import { orderAnswerOf, orderSummaryOf } from '../orders/order.answer.js';
import {
  numberParams,
  orderAnswer,
  orderPage,
  type NumberParams,
  type OrderAnswer,
  type OrderSummary,
} from '../orders/order.schemas.js';
import {
  passwordBody,
  profileAnswer,
  profileBody,
  type PasswordBody,
  type ProfileAnswer,
  type ProfileBody,
} from './customer.schemas.js';

/** What is a customer's own. */
@ForCustomer()
@ApiTags('Customers')
@Controller('customers/me')
export class ProfileController {
  constructor(
    private readonly profiles: ProfileEditor,
    private readonly passwords: PasswordEditor,
    private readonly orders: OrderReader,
    private readonly history: OrderHistory,
    private readonly stores: StoreReader,
  ) {}

  @Get()
  @VersionedAnswer()
  @ApiOperation({ summary: 'Show who is signed in' })
  @Answers(200, profileAnswer, 'The customer.')
  async get(
    @CurrentShopper() shopper: Shopper,
    @Query({ schema: noQuery }) _query: object,
  ): Promise<ProfileAnswer> {
    return profileAnswerOf(await this.profiles.get(shopper));
  }

  @Patch()
  @VersionedAnswer()
  @ApiOperation({ summary: 'Change one’s profile' })
  @Answers(200, profileAnswer, 'The customer.')
  async change(
    @CurrentShopper() shopper: Shopper,
    @IfMatch() version: number,
    @Body({ schema: profileBody }) patch: ProfileBody,
  ): Promise<ProfileAnswer> {
    // Refuses a language that the store has not.
    await this.stores.sight(shopper.storeCode, patch.locale);
    return profileAnswerOf(await this.profiles.change(shopper, version, patch));
  }

  @Put('password')
  @HttpCode(204)
  @ApiOperation({ summary: 'Change one’s password' })
  @Answers(204, undefined, 'The password is changed; the other sessions have ended.')
  @AnswersProblem(429)
  async changePassword(
    @CurrentShopper() shopper: Shopper,
    @Body({ schema: passwordBody }) body: PasswordBody,
    @Ip() address: string,
  ): Promise<void> {
    await this.passwords.change(shopper, { ...body, address });
  }

  @Get('orders')
  @ApiOperation({ summary: 'List one’s orders' })
  @Answers(200, orderPage, 'One’s own orders, newest first.')
  listOrders(
    @CurrentShopper() { customerId }: Shopper,
    @Query({ schema: pageQuery }) query: PageQuery,
  ): Promise<Page<OrderSummary>> {
    return pageByCreation<OrderGlance & { readonly createdAt: number }, OrderSummary>(
      query,
      async (after, limit) => {
        const orders = await this.history.list(customerId, after, limit);
        return orders.map((order) => ({ ...order, createdAt: order.placedAt }));
      },
      orderSummaryOf,
    );
  }

  @Get('orders/:number')
  @ApiOperation({ summary: 'Get one of one’s orders' })
  @Answers(200, orderAnswer, 'The order.')
  async getOrder(
    @CurrentShopper() { customerId }: Shopper,
    @Param({ schema: numberParams }) { number }: NumberParams,
    @Query({ schema: noQuery }) _query: object,
  ): Promise<OrderAnswer> {
    return orderAnswerOf(await this.orders.get(number, { by: 'holding', token: '', customerId }));
  }
}

function profileAnswerOf(customer: Customer): ProfileAnswer {
  return {
    id: customer.id,
    version: customer.version,
    store: customer.storeCode,
    email: customer.email,
    name: customer.name,
    phone: customer.phone,
    locale: customer.locale,
    group: customer.group?.code ?? null,
    createdAt: isoTime(customer.createdAt),
  };
}
