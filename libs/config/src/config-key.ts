import type { TextSchema } from './values/value-schemas.js';

export const CONFIG_SECTIONS = [
  'runtime',
  'http',
  'database',
  'redis',
  'cache',
  'search',
  'jobs',
  'push',
  'limits',
  'scaling',
  'site',
  'mail',
  'payments',
  'cdn',
  'tracing',
] as const;

/** One row of the table. */
export interface ConfigKey<T = unknown> {
  readonly section: (typeof CONFIG_SECTIONS)[number];
  /** One or two sentences for the person who sets it. */
  readonly doc: string;
  readonly unit?: string;
  readonly schema: TextSchema<T>;
  /** The text that is read when the key is not set. */
  readonly default?: string;
  /** The key may stay unset; the text says what happens then. */
  readonly optional?: string;
  /** How it is masked when printed. Secrets may also come from a file named by `<KEY>_FILE`. */
  readonly secret?: 'login' | 'all';
  readonly example?: string;
}
