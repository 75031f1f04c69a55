import type { CartAddress } from '#libs/carts';
import { LockstepError } from '#libs/kernel';
import type { PlacedOrder } from '../../../libs/orders/src/storefront/order-placing.js';
import { newCart } from '../shop/new-cart.js';
import { CURRENCY } from '../shop/shop-facts.js';
import type { Fleet, Place } from '../world/fleet.js';
import { ROWS } from '../world/settings.js';

/** What a shopper has confirmed, and asks for again and again until it is answered. */
interface Wish {
  readonly cartId: string;
  readonly key: string;
  readonly totalMinor: number;
  readonly triesLeft: number;
}

const TRIES = 6;
/** So long a shopper waits for an answer before asking again elsewhere. */
const PATIENCE_MS = 5_000;
const LOST_ANSWERS = 0.1;
/** So often a checkout is planned before it is given up. */
const MAX_PLANS = 5;
const SECOND_DEVICES = 0.25;

/** People who look at a cart, confirm what it comes to, and order it, on whatever replicas they reach. */
export class Shoppers {
  private carts = 0;
  private keys = 0;
  private isOver = false;
  /** How many shoppers wait for an answer of a replica. */
  private readonly asked = new Map<Place['replica'], number>();

  constructor(private readonly fleet: Fleet) {}

  start(): void {
    const { shopperEveryMs } = this.fleet.profile;
    if (shopperEveryMs !== undefined) this.nextComes(shopperEveryMs);
  }

  end(): void {
    this.isOver = true;
  }

  /** Whether the replica still answers somebody: a query may hang for a minute. */
  waitFor({ replica }: Place): boolean {
    return (this.asked.get(replica) ?? 0) > 0;
  }

  private nextComes(meanMs: number): void {
    this.later(this.fleet.random.between(1, 2 * meanMs), 'somebody buys', () => {
      if (this.isOver) return;
      this.comes();
      this.nextComes(meanMs);
    });
  }

  private comes(): void {
    const { random, sql } = this.fleet;
    this.carts += 1;
    const id = `c${this.carts}`;
    const rows = ROWS.filter(() => random.chance(0.5));
    sql.shop.carts.set(id, newCart(id, rows.length === 0 ? [random.pick(ROWS)] : rows));
    const devices = random.chance(SECOND_DEVICES) ? 2 : 1;
    for (let device = 0; device < devices; device += 1) this.looks(id, TRIES);
    if (random.chance(SECOND_DEVICES)) this.changes(id);
  }

  /** The shopper is shown a total, and takes a while to confirm it. */
  private looks(cartId: string, triesLeft: number): void {
    const { random, places } = this.fleet;
    const place = random.pick(places);
    this.arrives(place, random.between(1, 200), `${cartId} is looked at`, () => {
      this.answered(place, place.shop.totalOf(addressOf(cartId))).then(
        (totalMinor) => {
          this.keys += 1;
          const wish = { cartId, key: `k${this.keys}`, totalMinor, triesLeft };
          this.orders(wish, random.skewed(1, 400));
        },
        (error: unknown) => this.checkRefusal(cartId, error),
      );
    });
  }

  private orders(wish: Wish, inMs: number): void {
    if (wish.triesLeft === 0) return;
    const { agenda, random, places, sql } = this.fleet;
    const place = random.pick(places);
    const { cartId, key, totalMinor } = wish;
    const again = { ...wish, triesLeft: wish.triesLeft - 1 };
    const { restores } = sql.shop;
    const changes = sql.changesFor(cartId);
    let isWaiting = true;
    this.arrives(place, inMs, `${cartId} is ordered with ${key}`, () => {
      const request = { key, expectedTotal: { amount: totalMinor, currency: CURRENCY } };
      this.answered(place, place.shop.checkout.place(addressOf(cartId), request)).then(
        (placed) => {
          agenda.note(`${cartId} is ordered with ${key}`);
          if (sql.shop.restores === restores) this.checkAnswer(wish, placed);
          if (!random.chance(LOST_ANSWERS)) isWaiting = false;
        },
        (error: unknown) => {
          agenda.note(`${cartId} is refused with ${key}: ${codeOf(error) ?? 'trouble'}`);
          this.checkRefusal(cartId, error);
          if (codeOf(error) === 'orders.keeps-changing' && sql.shop.restores === restores) {
            this.checkOvertaken(cartId, sql.changesFor(cartId) - changes);
          }
          if (!isWaiting || random.chance(LOST_ANSWERS)) return;
          isWaiting = false;
          const isSameWorld = sql.shop.restores === restores;
          this.afterRefusal(again, codeOf(error), isSameWorld);
        },
      );
    });
    this.later(inMs + PATIENCE_MS, 'somebody has waited long enough', () => {
      if (!isWaiting) return;
      isWaiting = false;
      this.orders(again, 1);
    });
  }

  private afterRefusal(again: Wish, code: string | undefined, isSameWorld: boolean): void {
    const { random, sql } = this.fleet;
    switch (code) {
      case 'orders.total-changed':
        return this.looks(again.cartId, again.triesLeft);
      case 'carts.cart-ordered':
        if (isSameWorld && !sql.shop.isOrdered(again.cartId)) {
          this.reportS4(`${again.cartId} is said to be ordered, and there is no order`);
        }
        return;
      case 'orders.items-unavailable':
      case 'carts.cart-not-found':
        return;
      default:
        return this.orders(again, random.between(50, 1_000));
    }
  }

  /** What is answered is there, for what was confirmed. */
  private checkAnswer({ cartId, totalMinor }: Wish, placed: PlacedOrder): void {
    const stored = this.fleet.sql.shop.orders.get(placed.id);
    const isThere = stored?.cartId === cartId && stored.totalMinor === totalMinor;
    if (isThere && placed.totalMinor === totalMinor) return;
    this.reportS4(`${cartId} is answered with an order that is not there as it was confirmed`);
  }

  /** Databases fail; a replica that does not know what to do is a fault. */
  private checkRefusal(cartId: string, error: unknown): void {
    if (!(error instanceof TypeError || error instanceof RangeError)) return;
    this.fleet.checker.report('availability', `${cartId} met ${error.message}`);
  }

  /** Plans are overtaken by changes, the first one by what came before it. */
  private checkOvertaken(cartId: string, changes: number): void {
    if (changes >= MAX_PLANS - 1) return;
    const detail = `${cartId} is said to keep changing after ${changes} changes`;
    this.fleet.checker.report('availability', detail);
  }

  /** From another device of the shopper. */
  private changes(cartId: string): void {
    const { random, sql } = this.fleet;
    this.later(random.between(1, 800), `${cartId} is changed`, () => {
      const cart = sql.shop.carts.get(cartId);
      if (cart?.state !== 'open' || sql.shop.isHeld(cartId)) return;
      const lines = cart.lines.map((line) => ({ ...line, quantity: line.quantity + 1 }));
      sql.shop.carts.set(cartId, { ...cart, lines, version: cart.version + 1 });
    });
  }

  private reportS4(detail: string): void {
    this.fleet.checker.report('S4 one order for a cart', detail);
  }

  private answered<T>({ replica }: Place, answer: Promise<T>): Promise<T> {
    const count = (by: number): void => {
      this.asked.set(replica, (this.asked.get(replica) ?? 0) + by);
    };
    count(1);
    return answer.finally(() => count(-1));
  }

  /** Nobody asks any more when the run is over: what replicas hold then is looked at. */
  private arrives({ replica }: Place, inMs: number, label: string, run: () => void): void {
    const { lane } = replica.surroundings;
    const unlessOver = (): void => {
      if (!this.isOver) run();
    };
    this.fleet.agenda.after(inMs, { kind: 'io', lane, label, run: unlessOver });
  }

  private later(inMs: number, label: string, run: () => void): void {
    this.fleet.agenda.after(inMs, { kind: 'timer', label, run });
  }
}

function addressOf(cartId: string): CartAddress {
  return { id: cartId, token: cartId };
}

function codeOf(error: unknown): string | undefined {
  return error instanceof LockstepError ? error.code : undefined;
}
