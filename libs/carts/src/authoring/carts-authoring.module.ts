import { Module } from '@nestjs/common';
import { TellsPersonalData } from '#libs/database';
import { CartPruner } from './cart.pruner.js';
import { cartsPersonalData } from './carts-personal-data.js';

/** What the back office does about carts: its jobs remove those that have expired. */
@Module({ providers: [CartPruner] })
@TellsPersonalData(cartsPersonalData)
export class CartsAuthoringModule {}
