import { existsSync, readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { fileURLToPath } from 'node:url';

const COMPILED = /(file:\/\/[^\s()]+\.js):(\d+):(\d+)/g;

/** Of each compiled file that was in a trace; undefined where it has none. */
const maps = new Map<string, SourceMap | undefined>();

/**
 * The trace of an error with the lines of the sources instead of those of compiled files that have a map beside them. For what is
 * logged: Node's own `--enable-source-maps` reads the map of a bundle at every start, and not with the first error.
 */
export function traceOfSources(stack: string): string {
  return stack.replace(COMPILED, (place, file: string, line: string, column: string) => {
    const found = mapOf(file)?.findEntry(Number(line) - 1, Number(column) - 1);
    if (found === undefined || !('originalSource' in found) || !found.originalSource) return place;
    const { originalSource, originalLine, originalColumn } = found;
    return `${fileURLToPath(new URL(originalSource, file))}:${originalLine + 1}:${originalColumn + 1}`;
  });
}

function mapOf(file: string): SourceMap | undefined {
  if (!maps.has(file)) maps.set(file, readMap(`${fileURLToPath(file)}.map`));
  return maps.get(file);
}

/** A log is written without it as well. */
function readMap(path: string): SourceMap | undefined {
  try {
    if (!existsSync(path)) return undefined;
    return new SourceMap(JSON.parse(readFileSync(path, 'utf8')) as SourceMapPayload);
  } catch {
    return undefined;
  }
}
