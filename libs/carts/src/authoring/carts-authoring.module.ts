import { Module } from '@nestjs/common';
import { CartPruner } from './cart.pruner.js';

/** What the back office does about carts: its jobs remove those that have expired. */
@Module({ providers: [CartPruner] })
export class CartsAuthoringModule {}
