import { Injectable } from '@nestjs/common';
import { hashOfToken } from '#libs/carts';
import { ShopperAuthenticator } from '#libs/customers';
import { pushErrors, tokenIn, type PushAuthenticator, type PushHandshake } from '#libs/push';
import { RuntimeSettingsReader } from '#libs/scaling';
import { z } from 'zod';
import { GuestCarts } from './guest-carts.js';
import {
  CustomerCredential,
  GuestCredential,
  type ShopperCredential,
} from './shopper-credentials.js';

const heldCart = z.strictObject({ id: z.uuid(), token: z.string().min(1).max(200) });

/**
 * Sockets of shoppers: `token`, the session of a customer, or `cart`, what a guest holds; the same that opens
 * the routes. Keeps hashes only. While `livePush` is off it stands for nobody.
 */
@Injectable()
export class ShopperPushAuthenticator implements PushAuthenticator {
  constructor(
    private readonly shoppers: ShopperAuthenticator,
    private readonly guests: GuestCarts,
    private readonly settings: RuntimeSettingsReader,
  ) {}

  read(handshake: PushHandshake): ShopperCredential | undefined {
    const token = tokenIn(handshake);
    if (token !== undefined) {
      const presented = this.shoppers.read(token);
      return (
        presented &&
        new CustomerCredential(
          presented,
          this.whileOn((each) => this.shoppers.confirm(each)),
        )
      );
    }
    const { success, data } = heldCart.safeParse(handshake['cart']);
    if (!success) return undefined;
    const cart = { id: data.id, tokenHash: hashOfToken(data.token), customerId: null };
    return new GuestCredential(
      cart,
      this.whileOn((each) => this.guests.confirm(each)),
    );
  }

  private whileOn<Asked, Known>(
    confirm: (asked: Asked) => Promise<Known>,
  ): (asked: Asked) => Promise<Known> {
    return async (asked) => {
      if (!(await this.settings.isOn('livePush'))) throw pushErrors.switchedOff();
      return confirm(asked);
    };
  }
}
