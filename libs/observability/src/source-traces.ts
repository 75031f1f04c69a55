import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MappedLines } from './mapped-lines.js';

interface SourceMap {
  readonly sources: readonly string[];
  readonly mappings: string;
}

const COMPILED = /(file:\/\/[^\s()]+\.js):(\d+):(\d+)/g;

/** Of each compiled file that was in a trace; undefined where it has none. */
const maps = new Map<string, MappedLines | undefined>();

/**
 * The trace of an error with the lines of the sources instead of those of compiled files that have a map beside them. For what is
 * logged: Node's own `--enable-source-maps` reads the map of a bundle at every start, and not with the first error.
 */
export function traceOfSources(stack: string): string {
  return stack.replace(COMPILED, (place, file: string, line: string, column: string) => {
    const found = mapOf(file)?.find(Number(line), Number(column));
    if (found === undefined) return place;
    return `${fileURLToPath(new URL(found.source, file))}:${found.line}:${found.column}`;
  });
}

function mapOf(file: string): MappedLines | undefined {
  if (!maps.has(file)) maps.set(file, readMap(`${fileURLToPath(file)}.map`));
  return maps.get(file);
}

/** A log is written without it as well. */
function readMap(path: string): MappedLines | undefined {
  try {
    if (!existsSync(path)) return undefined;
    const { sources, mappings } = JSON.parse(readFileSync(path, 'utf8')) as SourceMap;
    return new MappedLines(sources, mappings);
  } catch {
    return undefined;
  }
}
