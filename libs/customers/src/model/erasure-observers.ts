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
  private readonly all: ErasureObserver[] = [];

  register(observer: ErasureObserver): void {
    this.all.push(observer);
  }

  async tell(tx: Transaction, customerId: string): Promise<void> {
    for (const observer of this.all) await observer.customerErased(tx, customerId);
  }
}
