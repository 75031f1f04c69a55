import type { DynamicModule, Type } from '@nestjs/common';
import type { AnyJobContract } from '#libs/jobs';

/** What routes may ask for: `area:entity:action`, with what it allows in words. */
export type Permissions = Readonly<Record<string, string>>;

/**
 * What the applications and the checks need to know of a slice. A domain library declares one in
 * `src/slice.ts` for the storefront, and extends it in `src/authoring/slice.ts` for the back office.
 */
export interface Slice {
  /** The name of its library. */
  readonly name: string;
  /** What a replica of the role loads of it. */
  readonly modules: readonly (Type<unknown> | DynamicModule)[];
  /** The entities of the tables that it owns. */
  readonly entities: readonly Type<object>[];
  readonly permissions: Permissions;
  /** The jobs that a replica of the role enqueues or runs. */
  readonly jobs: readonly AnyJobContract[];
  /** The names of its cached readers in the role. */
  readonly regions: readonly string[];
  /** Each makes one kind of cache tag. */
  readonly tags: Readonly<Record<string, (...parts: never[]) => string>>;
}
