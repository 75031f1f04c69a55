import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  Headers,
  HttpCode,
  Ip,
  Param,
  Post,
  Query,
} from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CustomerCarts } from '#libs/carts';
import {
  CurrentShopper,
  customerLimits,
  ShopperSessionEditor,
  type Shopper,
} from '#libs/customers';
import {
  Answers,
  AnswersProblem,
  ForCustomer,
  idParams,
  isoTime,
  pageById,
  pageQuery,
  Public,
  type IdParams,
  type Page,
  type PageQuery,
} from '#libs/http';
import { unsafeText } from '#libs/kernel';
import { StoreReader } from '#libs/stores';
import { noQuery, storeParams, type StoreParams } from '../catalog/storefront.schemas.js';
import {
  ownSessionPage,
  sessionAnswer,
  signInBody,
  type OwnSessionAnswer,
  type SessionAnswer,
  type SignInBody,
} from './customer.schemas.js';

/** Sessions of shoppers. */
@ApiTags('Customers')
@Controller()
export class ShopperSessionController {
  constructor(
    private readonly stores: StoreReader,
    private readonly sessions: ShopperSessionEditor,
    private readonly carts: CustomerCarts,
  ) {}

  @Post('stores/:store/sessions')
  @Public()
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Sign in' })
  @Answers(201, sessionAnswer, 'Signed in, and the guest’s cart is the customer’s.')
  @AnswersProblem(401, 429)
  async signIn(
    @Param({ schema: storeParams }) { store }: StoreParams,
    @Body({ schema: signInBody }) { email, password, cart: guest }: SignInBody,
    @Ip() address: string,
    @Headers('user-agent') userAgent: string | undefined,
  ): Promise<SessionAnswer> {
    const { id: storeId } = await this.stores.get(store);
    const rules = guest === undefined ? null : await this.carts.rulesOf(store);
    const device = deviceOf(userAgent);
    const { session, result: cart } = await this.sessions.signIn(
      { storeId, email, password, address, device },
      async (tx, customerId) =>
        guest === undefined
          ? undefined
          : this.carts.adopt(tx, guest, { customerId, storeId }, rules),
    );
    return {
      id: session.id,
      token: session.token,
      expiresAt: isoTime(session.expiresAt),
      customerId: session.customerId,
      cart: cart === undefined ? null : { id: cart.id, leftOut: [...cart.leftOut] },
    };
  }

  @Get('customers/me/sessions')
  @ForCustomer()
  @ApiOperation({ summary: 'List one’s own sessions' })
  @Answers(200, ownSessionPage, 'One’s own sessions that have not ended, oldest first.')
  list(
    @CurrentShopper() shopper: Shopper,
    @Query({ schema: pageQuery }) query: PageQuery,
  ): Promise<Page<OwnSessionAnswer>> {
    return pageById(
      query,
      (after = '', limit) => this.sessions.listOwn(shopper, after, limit),
      ({ id, device, createdAt, expiresAt }) => ({
        id,
        device,
        createdAt: isoTime(createdAt),
        expiresAt: isoTime(expiresAt),
        isCurrent: id === shopper.session.id,
      }),
    );
  }

  @Delete('customers/me/sessions/current')
  @ForCustomer()
  @HttpCode(204)
  @ApiOperation({ summary: 'Sign out' })
  @Answers(204, undefined, 'The session of this request has ended, on every replica.')
  async signOut(
    @CurrentShopper() shopper: Shopper,
    @Query({ schema: noQuery }) _query: object,
  ): Promise<void> {
    await this.sessions.endOwn(shopper, shopper.session.id);
  }

  @Delete('customers/me/sessions/:id')
  @ForCustomer()
  @HttpCode(204)
  @ApiOperation({ summary: 'End one of one’s own sessions' })
  @Answers(204, undefined, 'That session of one’s own has ended, on every replica.')
  async end(
    @CurrentShopper() shopper: Shopper,
    @Param({ schema: idParams }) { id }: IdParams,
  ): Promise<void> {
    await this.sessions.endOwn(shopper, id);
  }
}

/** What a browser calls itself is shown to its owner, so it is text that can be shown, or nothing. */
function deviceOf(userAgent: string | undefined): string | null {
  const text = userAgent?.trim().slice(0, customerLimits.device) ?? '';
  return text === '' || unsafeText(text) !== undefined ? null : text;
}
