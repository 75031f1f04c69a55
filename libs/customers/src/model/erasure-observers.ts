import { Injectable } from '@nestjs/common';
import type { Transaction } from '#libs/database';

/** Who keeps something of customers where no transaction reaches, and has to take it away. */
export interface ErasureObserver {
  /** In the transaction that takes away what is known of the person. */
  customerErased(tx: Transaction, customerId: string): Promise<void>;
}

/** The observers register when their modules start, so that customers name nothing that others keep. */
@Injectable()
export class ErasureObservers {
  private readonly all: { readonly slice: string; readonly observer: ErasureObserver }[] = [];

  /** `slice`: the name of the library. It has to tell what it keeps as well, or the process does not start. */
  register(slice: string, observer: ErasureObserver): void {
    this.all.push({ slice, observer });
  }

  slices(): string[] {
    return this.all.map(({ slice }) => slice);
  }

  async tell(tx: Transaction, customerId: string): Promise<void> {
    for (const { observer } of this.all) await observer.customerErased(tx, customerId);
  }
}
