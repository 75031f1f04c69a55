import { Injectable } from '@nestjs/common';
import { DatabaseClock } from '#libs/database';
import { customersErrors } from '../model/customers.errors.js';
import type { Shopper } from '../model/shopper.js';
import { shopperTokens, type PresentedShopperToken } from '../model/shopper-tokens.js';
import { CustomerAccessReader } from './customer-access.reader.js';
import { ShopperSessionReader } from './shopper-session.reader.js';

/**
 * Turns a bearer token into the shopper it stands for.
 *
 * Guarantees: expiry is compared at every use; an ended session and a blocked customer count on every
 * replica within half a second plus one read of the log, whatever Redis does.
 *
 * Throws `customers.not-signed-in`, `customers.session-expired`, or the error of a database that cannot be
 * reached.
 */
@Injectable()
export class ShopperAuthenticator {
  constructor(
    private readonly sessions: ShopperSessionReader,
    private readonly customers: CustomerAccessReader,
    private readonly clock: DatabaseClock,
  ) {}

  async authenticate(token: string | undefined): Promise<Shopper> {
    const presented = token === undefined ? undefined : this.read(token);
    if (presented === undefined) throw customersErrors.notSignedIn();
    return this.confirm(presented);
  }

  /** Undefined when the text cannot be a session of a shopper. */
  read(token: string): PresentedShopperToken | undefined {
    return shopperTokens.read(token);
  }

  /** Whom a token that was presented before stands for now. */
  async confirm(presented: PresentedShopperToken): Promise<Shopper> {
    const session = await this.sessions.find(presented.sha256);
    if (session === undefined) throw customersErrors.notSignedIn();
    if (session.isRevoked || session.expiresAt <= this.clock.wallMs()) {
      throw customersErrors.sessionExpired();
    }
    const customer = await this.customers.find(session.customerId);
    if (customer === undefined || customer.isBlocked) throw customersErrors.sessionExpired();
    return {
      customerId: session.customerId,
      storeId: customer.storeId,
      storeCode: customer.storeCode,
      session: { id: session.id, expiresAt: session.expiresAt },
    };
  }
}
