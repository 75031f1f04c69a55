import { Module } from '@nestjs/common';
import { CartsModule } from '#libs/carts';
import { StoresModule } from '#libs/stores';
import { CartController } from './cart.controller.js';

/** `/stores/{store}/carts`, `/carts`. */
@Module({ imports: [CartsModule, StoresModule], controllers: [CartController] })
export class CartsApiModule {}
