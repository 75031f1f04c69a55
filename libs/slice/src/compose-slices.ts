import { sliceErrors } from './slice.errors.js';
import type { Permissions, Slice } from './slice.js';

/** Everything that the slices of a role bring, each list in the order of the slices. */
export interface Composition {
  readonly modules: Slice['modules'];
  readonly entities: Slice['entities'];
  readonly permissions: Permissions;
  readonly jobs: Slice['jobs'];
  readonly regions: Slice['regions'];
}

/**
 * What an application is made of, from the descriptors of its slices.
 *
 * Throws `slice.clash`, naming all of them, when two slices have a name, an entity, a permission, a job, a cache region or
 * a kind of tag in common: one would silently speak for the other.
 */
export function composeSlices(slices: readonly Slice[]): Composition {
  const clashes = [
    ...twice(
      'slice',
      slices.map(({ name }) => [name]),
    ),
    ...twice(
      'entity',
      slices.map(({ entities }) => entities.map(({ name }) => name)),
    ),
    ...twice(
      'permission',
      slices.map(({ permissions }) => Object.keys(permissions)),
    ),
    ...twice(
      'job',
      slices.map(({ jobs }) => jobs.map(({ name }) => name)),
    ),
    ...twice(
      'region',
      slices.map(({ regions }) => regions),
    ),
    ...twice('tag', slices.map(kindsOfTags)),
  ];
  if (clashes.length > 0) {
    throw sliceErrors.clash({ message: `declared twice: ${clashes.join(', ')}` });
  }
  return {
    modules: slices.flatMap(({ modules }) => modules),
    entities: slices.flatMap(({ entities }) => entities),
    permissions: Object.assign({}, ...slices.map(({ permissions }) => permissions)) as Permissions,
    jobs: slices.flatMap(({ jobs }) => jobs),
    regions: slices.flatMap(({ regions }) => regions),
  };
}

function twice(what: string, lists: readonly (readonly string[])[]): string[] {
  const names = lists.flat();
  const repeated = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  return [...repeated].map((name) => `${what} ${name}`);
}

/** What stands before the first colon: tags of different slices differ there. */
function kindsOfTags({ tags }: Slice): string[] {
  const kinds = Object.values(tags).map((tag) => {
    const make = tag as (...parts: string[]) => string;
    return make('x', 'x', 'x').split(':', 1)[0] ?? '';
  });
  return [...new Set(kinds)];
}
