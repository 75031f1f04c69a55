import { DiscoveryService } from '@nestjs/core';

/** A ledger, and the balances that its entries add up to whenever a unit of work has committed. */
export interface LedgerTables {
  /** For logs, metrics and the job's result. */
  readonly name: string;
  /** The columns by which both tables tell one balance from another. */
  readonly key: readonly [string, string];
  readonly entries: { readonly table: string; readonly amount: string };
  /** Where there is no row the balance is 0. */
  readonly balances: { readonly table: string; readonly amount: string };
}

export const KeepsLedgerMark = DiscoveryService.createDecorator<LedgerTables>();

/**
 * Makes the ledger of an injectable class part of the scheduled check. The slice that owns the tables marks the
 * class that writes the entries.
 */
export function KeepsLedger(
  tables: LedgerTables,
): (target: new (...dependencies: never[]) => object) => void {
  return (target) => KeepsLedgerMark(tables)(target);
}
