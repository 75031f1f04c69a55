import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ErrorDefinition } from '#libs/kernel';

/** What a library exports through its doors. */
export type OpenDoors = (library: string) => Promise<Readonly<Record<string, unknown>>>;

/**
 * The error definitions of all libraries, sorted by code. The sources say which tables exist, the doors give
 * them, so a new table is in the document without being listed anywhere.
 *
 * Throws, naming all of them, for tables that no door exports, and for codes that are used twice.
 */
export async function readErrorTables(
  libsFolder = 'libs',
  openDoors: OpenDoors = importDoors,
): Promise<ErrorDefinition[]> {
  const problems: string[] = [];
  const definitions: ErrorDefinition[] = [];
  for (const library of readdirSync(libsFolder).toSorted()) {
    const declared = declaredTables(join(libsFolder, library, 'src'), problems);
    if (declared.length === 0) continue;
    const doors = await openDoors(library);
    for (const name of declared) {
      const table = doors[name];
      if (isErrorTable(table)) definitions.push(...table.definitions);
      else problems.push(`export ${name} through a door of ${join(libsFolder, library)}`);
    }
  }
  const codes = definitions.map(({ code }) => code);
  for (const code of new Set(codes.filter((each, index) => codes.indexOf(each) !== index))) {
    problems.push(`the code ${code} is used twice`);
  }
  if (problems.length > 0) throw new Error(`The error tables: ${problems.join('; ')}`);
  return definitions.toSorted((a, b) => (a.code < b.code ? -1 : 1));
}

/** Names of the tables that the sources below a folder declare. */
function declaredTables(folder: string, problems: string[]): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('spec.ts'))
    .toSorted()
    .flatMap((file) => {
      const path = join(folder, file);
      const source = readFileSync(path, 'utf8');
      const found = [...source.matchAll(/^export const (\w+) = defineErrors\(/gm)];
      if (found.length !== source.split(/\bdefineErrors\(/).length - 1) {
        problems.push(`declare every table of ${path} as "export const <name> = defineErrors("`);
      }
      return found.map(([, name]) => name ?? '');
    });
}

async function importDoors(library: string): Promise<Record<string, unknown>> {
  const hasSecond = existsSync(join('libs', library, 'src', 'authoring.ts'));
  const doors = [`#libs/${library}`, ...(hasSecond ? [`#authoring/${library}`] : [])];
  const opened = await Promise.all(doors.map((door) => import(door) as Promise<object>));
  return Object.assign({}, ...opened) as Record<string, unknown>;
}

function isErrorTable(
  value: unknown,
): value is { readonly definitions: readonly ErrorDefinition[] } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'definitions' in value &&
    Array.isArray(value.definitions)
  );
}
