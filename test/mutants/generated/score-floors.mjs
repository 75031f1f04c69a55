// The floors of the scores: one file, so that a change of it is seen.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../tools/lib/run.mjs';

const path = new URL('floors.json', import.meta.url);

/** By library: its pure files, each with the suite that tests it, and the percentage of their mutants that must be killed. */
export const readFloors = () => JSON.parse(readFileSync(path, 'utf8'));

/** What is wrong with the file itself: pure files or suites that are gone, floors that are none. */
export function problemsOfFloors(floors, root = projectRoot) {
  return Object.entries(floors).flatMap(([library, { floor, files }]) => [
    ...(Number.isInteger(floor) && floor > 0 && floor <= 100 ? [] : [`${library} has no floor`]),
    ...Object.entries(files)
      .flat()
      .filter((file) => !file.startsWith(`libs/${library}/src/`) || !existsSync(join(root, file)))
      .map((file) => `${file} is not in ${library}`),
  ]);
}

/** Writes the floors that were reached; none ever falls. */
export function raiseFloors(floors, scores) {
  const raised = Object.entries(floors).map(([library, entry]) => {
    const reached = Math.floor(scores.get(library) ?? 0);
    return [library, { ...entry, floor: Math.max(entry.floor, reached) }];
  });
  writeFileSync(path, `${JSON.stringify(Object.fromEntries(raised), undefined, 2)}\n`);
}
