/** Who has to act on an error: the caller, nobody (it heals by itself), or a developer. */
export type ErrorFamily = 'user' | 'operational' | 'defect';

/** One row of a slice's error table. `code` is stable: clients branch on it. */
export interface ErrorDefinition {
  readonly code: string;
  readonly family: ErrorFamily;
  /** HTTP status the error maps to when it leaves the process. */
  readonly status: number;
  readonly title: string;
}

/** What a single occurrence adds to its definition. */
export interface ErrorOccurrence {
  /** For humans; must not contain secrets. Defaults to the title. */
  readonly message?: string;
  /** For machines; sent to the client for the families `user` and `operational`. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
  readonly retryAfterSeconds?: number;
}

/** Base of every error that Lockstep throws on purpose. */
export abstract class LockstepError extends Error {
  readonly code: string;
  readonly family: ErrorFamily;
  readonly status: number;
  readonly title: string;
  readonly details: Readonly<Record<string, unknown>> | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(definition: ErrorDefinition, occurrence: ErrorOccurrence = {}) {
    super(
      occurrence.message ?? definition.title,
      'cause' in occurrence ? { cause: occurrence.cause } : undefined,
    );
    this.name = new.target.name;
    this.code = definition.code;
    this.family = definition.family;
    this.status = definition.status;
    this.title = definition.title;
    this.details = occurrence.details;
    this.retryAfterSeconds = occurrence.retryAfterSeconds;
  }
}

/** Expected: the caller asked for something that cannot be done. Logged at info. */
export class UserError extends LockstepError {}

/** Transient: a retry may succeed. Logged at warn. */
export class OperationalError extends LockstepError {}

/** A bug. Logged at error; its message never reaches a client. */
export class DefectError extends LockstepError {}

export type ErrorFactory = (occurrence?: ErrorOccurrence) => LockstepError;

export type ErrorTable<Name extends string> = Readonly<Record<Name, ErrorFactory>> & {
  readonly definitions: readonly ErrorDefinition[];
};

const familyClasses = { user: UserError, operational: OperationalError, defect: DefectError };

/**
 * Declares the errors of one slice. The table is the only place where a code is written down;
 * `docs/errors.md` is produced from `definitions`.
 */
export function defineErrors<Name extends string>(
  table: Readonly<Record<Name, ErrorDefinition>>,
): ErrorTable<Name> {
  const names = Object.keys(table) as Name[];
  const factories = Object.fromEntries(
    names.map((name) => {
      const definition = table[name];
      const ErrorClass = familyClasses[definition.family];
      const factory: ErrorFactory = (occurrence) => new ErrorClass(definition, occurrence);
      return [name, factory];
    }),
  ) as Record<Name, ErrorFactory>;
  return { ...factories, definitions: names.map((name) => table[name]) };
}
