import type { Scenario } from '../scenarios/scenario.js';

/** What the scenario still has in store. */
export interface Stock {
  /** How many asks of each client have begun. */
  readonly asked: readonly number[];
  readonly follows: readonly [number, number];
  readonly leases: number;
  readonly losses: number;
  readonly duplicates: number;
  readonly failedFollows: number;
}

/** More than any scenario has messages. */
const ALL_MESSAGES = 99;

export function initialStock(scenario: Scenario): Stock {
  const { clients, follows, leases, losses, duplicates, failedFollows } = scenario;
  return {
    asked: clients.map(() => 0),
    follows: [follows?.A ?? 0, follows?.B ?? 0],
    leases: leases ?? 0,
    losses: losses ?? ALL_MESSAGES,
    duplicates: duplicates ?? 0,
    failedFollows: failedFollows ?? 0,
  };
}
