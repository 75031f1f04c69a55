import { Injectable } from '@nestjs/common';
import { cartsErrors, CartVersions, type HeldCart } from '#libs/carts';
import { systemClock } from '#libs/kernel';

/** So long an answer counts; with the time between two checks of a connection well within a second. */
const TRUSTED_MS = 500;

interface Confirmation {
  readonly askedAtMs: number;
  readonly store: Promise<string>;
}

interface Question {
  readonly cart: HeldCart;
  readonly resolve: (store: string) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Whether carts still open to those who hold them. Connections ask several times a second; all that ask in one
 * turn of the event loop share a statement, and an answer counts for half a second.
 */
@Injectable()
export class GuestCarts {
  private readonly confirmations = new WeakMap<HeldCart, Confirmation>();
  private questions: Question[] = [];

  constructor(private readonly versions: CartVersions) {}

  /** The code of its store. Throws `carts.cart-not-found`. */
  confirm(cart: HeldCart): Promise<string> {
    const nowMs = systemClock.monotonicMs();
    const known = this.confirmations.get(cart);
    if (known !== undefined && nowMs - known.askedAtMs < TRUSTED_MS) return known.store;
    const store = new Promise<string>((resolve, reject) => {
      this.questions.push({ cart, resolve, reject });
      if (this.questions.length === 1) setImmediate(() => void this.ask());
    });
    this.confirmations.set(cart, { askedAtMs: nowMs, store });
    return store;
  }

  private async ask(): Promise<void> {
    const asked = this.questions;
    this.questions = [];
    try {
      const found = await this.versions.list(asked.map(({ cart }) => cart));
      for (const [index, { resolve, reject }] of asked.entries()) {
        const version = found[index];
        if (version === undefined) reject(cartsErrors.cartNotFound());
        else resolve(version.storeCode);
      }
    } catch (error) {
      for (const { reject } of asked) reject(error);
    }
  }
}
