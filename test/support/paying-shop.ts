import { CardProviderStandIn, startFleet, type RunningFleet } from '#libs/testing';
import { createStore } from './catalog-client.js';
import { DatabaseView } from './database-view.js';
import { ReplicaClient } from './replica-client.js';
import { createWare, openShop, type Ware } from './shop-client.js';
import { SmtpTrap } from './smtp-trap.js';

export interface PayingShopOptions {
  readonly commerce: number;
  readonly authoring: number;
  readonly store: string;
  readonly sku: string;
  readonly onHand: number;
  /** Default: a Redis of the fleet's own. */
  readonly redisUrl?: string;
  /** More configuration for every process. */
  readonly env?: NodeJS.ProcessEnv;
}

/** A fleet with a store that sells one thing, a provider that takes cards, and a mail server that keeps what it gets. */
export class PayingShop {
  private constructor(
    readonly fleet: RunningFleet,
    readonly provider: CardProviderStandIn,
    readonly trap: SmtpTrap,
    readonly database: DatabaseView,
    readonly staff: ReplicaClient,
    readonly ware: Ware,
  ) {}

  static async open(options: PayingShopOptions): Promise<PayingShop> {
    const { commerce, authoring, store, sku, onHand, redisUrl, env } = options;
    const trap = await SmtpTrap.start();
    const provider = await CardProviderStandIn.start();
    const fleet = await startFleet({
      commerce,
      authoring,
      env: { ...trap.env, ...provider.env, ...env },
      ...(redisUrl === undefined ? {} : { redisUrl: () => redisUrl }),
    });
    const database = await DatabaseView.open(fleet.databaseUrl);
    const staff = await ReplicaClient.signIn(fleet.authoring[0]!.url, fleet.staff);
    const ware = await openStore(staff, { store, sku, onHand });
    return new PayingShop(fleet, provider, trap, database, staff, ware);
  }

  async close(): Promise<void> {
    await this.database.close();
    await this.fleet.stop();
    await this.provider.stop();
    await this.trap.stop();
  }
}

/** One more store of the fleet, with what it sells. */
export async function openStore(
  staff: ReplicaClient,
  { store, sku, onHand }: Pick<PayingShopOptions, 'store' | 'sku' | 'onHand'>,
): Promise<Ware> {
  await createStore(staff, store);
  await openShop(staff, store);
  return createWare(staff, store, sku, { onHand });
}
