import { platformEntities } from '#libs/database';
import * as authoring from '../../../apps/authoring/src/slices.js';
import * as commerce from '../../../apps/commerce/src/slices.js';
import type { Slice } from '../src/slice.js';

/** Each slice of both roles, by name. */
const slices = new Map<string, Slice>(
  [...Object.values(commerce), ...Object.values(authoring)].map((slice) => [slice.name, slice]),
);

/** The entities of each slice, and those of the platform under `platform`. */
export const entitiesByOwner = new Map<string, readonly (new () => object)[]>([
  ['platform', platformEntities],
  ...[...slices].map(
    ([name, { entities }]) => [name, entities as readonly (new () => object)[]] as const,
  ),
]);
