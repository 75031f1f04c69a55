import { Global, Module } from '@nestjs/common';
import { CartsModule } from '#libs/carts';
import { CatalogModule } from '#libs/catalog';
import { InventoryModule } from '#libs/inventory';
import { OrdersModule } from '#libs/orders';
import { LIVE_WISHES, LivePushModule, PUSH_AUTHENTICATOR } from '#libs/push';
import { ScalingModule } from '#libs/scaling';
import { StoresModule } from '#libs/stores';
import { GuestCarts } from './guest-carts.js';
import { LiveSources } from './live-sources.js';
import { ShopperPushAuthenticator } from './shopper-push-authenticator.js';
import { ShopperWishes } from './shopper-wishes.js';

/** Sockets of shoppers: what they may hear, and what they can watch. */
@Global()
@Module({
  imports: [
    CartsModule,
    CatalogModule,
    InventoryModule,
    LivePushModule,
    OrdersModule,
    ScalingModule,
    StoresModule,
  ],
  providers: [
    GuestCarts,
    LiveSources,
    { provide: PUSH_AUTHENTICATOR, useClass: ShopperPushAuthenticator },
    { provide: LIVE_WISHES, useClass: ShopperWishes },
  ],
  exports: [PUSH_AUTHENTICATOR, LIVE_WISHES],
})
export class LiveApiModule {}
