import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { CUSTOMER_GUARD, REFUSALS, type Refusals } from '#libs/http';
import { customersErrors } from '../model/customers.errors.js';
import { BuyerGroupsModule } from './buyer-groups.module.js';
import { ShopperAuthenticator } from './shopper-authenticator.js';
import { ShopperSessionReader } from './shopper-session.reader.js';
import { ShopperGuard } from './shopper.guard.js';

const refusals: Refusals = {
  '401': customersErrors.notSignedIn(),
  '403': customersErrors.emailUnverified(),
};

/** Who shoppers are: every route of the storefront is behind {@link ShopperGuard}. */
@Global()
@Module({
  imports: [BuyerGroupsModule],
  providers: [
    ShopperSessionReader,
    ShopperAuthenticator,
    { provide: APP_GUARD, useClass: ShopperGuard },
    { provide: CUSTOMER_GUARD, useValue: ShopperGuard },
    { provide: REFUSALS, useValue: refusals },
  ],
  exports: [ShopperAuthenticator, ShopperSessionReader, BuyerGroupsModule],
})
export class ShopperAccessModule {}
