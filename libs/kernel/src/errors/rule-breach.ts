/** One rule that what was sent breaks; a user error lists them in its details. */
export interface RuleBreach {
  /** Where, as a path into what was sent. */
  readonly path: string;
  readonly message: string;
}
