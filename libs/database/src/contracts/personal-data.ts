import { DiscoveryService } from '@nestjs/core';

/** Whose rows of a table are told: those that name a row that was told before, or the person. */
export interface PersonalParent {
  /**
   * The name of a part, whichever slice tells it (a process without that slice does not read what hangs on it), `person` (the id of the customer), or `mailbox` (the store and
   * the e-mail address of the customer).
   */
  readonly part: string;
  /** Which column of the parent the rows name; not for `person` and `mailbox`. */
  readonly column?: string;
}

/** A table, or what is told of it, in an export of what is known of a person. */
export interface PersonalPart {
  /** Stands beside each of its records in the file; unique among all slices. */
  readonly part: string;
  readonly table: string;
  /** One or two columns that are unique together and sort the rows. */
  readonly key: readonly [string] | readonly [string, string];
  readonly of: PersonalParent;
  /** The column that names the parent. */
  readonly by: string;
  /**
   * What the person is told. `…_json` becomes what it holds, `…_at` (epoch milliseconds) a time in ISO 8601, `is_…`
   * a boolean.
   */
  readonly told: readonly string[];
  /** What the person is not told: secrets, and what says nothing of them. With `told` it names every column. */
  readonly withheld: readonly string[];
}

/** What one slice tells of a person. */
export interface PersonalData {
  /** The name of its library. */
  readonly slice: string;
  readonly parts: readonly PersonalPart[];
}

export const TellsPersonalDataMark = DiscoveryService.createDecorator<PersonalData>();

/**
 * Makes tables of a slice part of the export of what is known of a person. The slice that owns them marks its module
 * of the back office; nobody else names its tables.
 */
export function TellsPersonalData(
  data: PersonalData,
): (target: new (...dependencies: never[]) => object) => void {
  return (target) => TellsPersonalDataMark(data)(target);
}
