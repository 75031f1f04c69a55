import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { CUSTOMER_GUARD } from '#libs/http';
import { BuyerGroupsModule } from './buyer-groups.module.js';
import { ShopperAuthenticator } from './shopper-authenticator.js';
import { ShopperSessionReader } from './shopper-session.reader.js';
import { ShopperGuard } from './shopper.guard.js';

/** Who shoppers are: every route of the storefront is behind {@link ShopperGuard}. */
@Global()
@Module({
  imports: [BuyerGroupsModule],
  providers: [
    ShopperSessionReader,
    ShopperAuthenticator,
    { provide: APP_GUARD, useClass: ShopperGuard },
    { provide: CUSTOMER_GUARD, useValue: ShopperGuard },
  ],
  exports: [ShopperAuthenticator, ShopperSessionReader, BuyerGroupsModule],
})
export class ShopperAccessModule {}
