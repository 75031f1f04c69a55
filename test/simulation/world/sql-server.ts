import type { Agenda } from '../engine/agenda.js';
import { ShopTables, type ShopContent } from '../shop/shop-tables.js';
import { CommittedState, type Backup, type CommittedTransaction } from './committed-state.js';
import type { RowName } from './settings.js';

export interface OpenTransaction {
  readonly rows: readonly RowName[];
  /** Taken from the identity of the log; a hole for everybody until the commit, for ever after a rollback. */
  readonly position: number;
  isOver: boolean;
}

type CommitListener = (committed: CommittedTransaction) => void;

/** The time as a position: more than can have been taken by then, since no more than this are per ms. */
const POSITIONS_PER_MS = 1_000;

/** The primary database: identity numbers, row locks, commits, backup and restore. */
export class SqlServer {
  readonly state: CommittedState;
  private readonly open = new Set<OpenTransaction>();
  private readonly listeners: CommitListener[] = [];
  private commits = 0;
  private lastPosition = 0;
  private lastRevision = 0;
  readonly shop = new ShopTables();
  private backupTaken: { content: Backup; shop: ShopContent; lastPosition: number } | undefined;

  constructor(agenda: Agenda) {
    this.state = new CommittedState(agenda);
  }

  get openTransactions(): number {
    return this.open.size;
  }

  /** undefined when another transaction holds the lock of one of the rows. */
  begin(rows: readonly RowName[]): OpenTransaction | undefined {
    for (const other of this.open) {
      if (other.rows.some((row) => rows.includes(row))) return undefined;
    }
    this.lastPosition += 1;
    const transaction = { rows, position: this.lastPosition, isOver: false };
    this.open.add(transaction);
    return transaction;
  }

  nextRevision(): number {
    this.lastRevision += 1;
    return this.lastRevision;
  }

  /** False when the transaction was ended by a restore. */
  commit(transaction: OpenTransaction, committed: CommittedTransaction): boolean {
    if (transaction.isOver) return false;
    this.end(transaction);
    this.commits += 1;
    this.state.commit(committed);
    for (const listener of this.listeners) listener(committed);
    return true;
  }

  /** Grows with everything that may overtake an order of the cart. */
  changesFor(cartId: string): number {
    return this.commits + (this.shop.carts.get(cartId)?.version ?? 0);
  }

  rollBack(transaction: OpenTransaction): void {
    this.end(transaction);
  }

  onCommit(listener: CommitListener): void {
    this.listeners.push(listener);
  }

  takeBackup(): void {
    this.backupTaken = {
      content: this.state.backup(),
      shop: this.shop.backup(),
      lastPosition: this.lastPosition,
    };
  }

  /**
   * Puts the last backup in place; transactions under way are gone. Whoever restores voids everything
   * before replicas are let in.
   */
  restore(committedAt: number): boolean {
    if (this.backupTaken === undefined) return false;
    for (const transaction of this.open) this.end(transaction);
    this.state.restore(this.backupTaken.content);
    this.shop.restore(this.backupTaken.shop);
    this.lastPosition = this.backupTaken.lastPosition;
    this.voidEverything(committedAt);
    return true;
  }

  /**
   * At a position that no replica can have seen, which the time gives: they hold what they read of
   * changes that are gone, and may never have heard of them.
   */
  private voidEverything(committedAt: number): void {
    const position = committedAt * POSITIONS_PER_MS;
    this.lastPosition = position;
    this.state.commit({ changes: [], log: { position, tags: ['*'], committedAt } });
  }

  private end(transaction: OpenTransaction): void {
    transaction.isOver = true;
    this.open.delete(transaction);
  }
}
