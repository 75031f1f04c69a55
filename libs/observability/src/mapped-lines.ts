/** A place in a source; the line and the column count from 1. */
export interface SourcePlace {
  readonly source: string;
  readonly line: number;
  readonly column: number;
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUES = new Uint8Array(128);
for (let value = 0; value < BASE64.length; value += 1) VALUES[BASE64.charCodeAt(value)] = value;
const COMMA = 44;
const SEMICOLON = 59;
const MORE = 32;

/** Which numbers of a segment are what; each but the first goes on from the one before it, also from line to line. */
const SOURCE = 1;
const LINE = 2;
const COLUMN = 3;
/** Of a line: where it begins in the text, and the three before it. */
const STATE = 4;

/**
 * The mappings of a source map (ECMA-426), of which one line at a time is read. What Node and libraries make of it is an object for
 * each of hundreds of thousands of segments: with the first error that a replica logs, that would hold its requests up for a quarter of a
 * second, and when Redis is lost all replicas log one at the same moment. One pass over the text notes where each line begins.
 */
export class MappedLines {
  private readonly states: Int32Array;

  constructor(
    private readonly sources: readonly string[],
    private readonly mappings: string,
  ) {
    this.states = statesOf(mappings);
  }

  /** Where the code at a place of the compiled file comes from; undefined when the map does not say. Both count from 1. */
  find(line: number, column: number): SourcePlace | undefined {
    const from = (line - 1) * STATE;
    if (from < 0 || from >= this.states.length) return undefined;
    const { mappings } = this;
    const state = this.states.slice(from, from + STATE);
    let generated = 0;
    let found: Int32Array | undefined;
    for (
      let at = state[0] as number;
      at < mappings.length && mappings.charCodeAt(at) !== SEMICOLON;
    ) {
      if (mappings.charCodeAt(at) === COMMA) at += 1;
      let field = 0;
      for (; isDigit(mappings, at); field += 1) {
        const end = endOf(mappings, at);
        const delta = numberAt(mappings, at);
        if (field === 0) generated += delta;
        else if (field <= COLUMN) state[field] = (state[field] as number) + delta;
        at = end;
      }
      if (generated > column - 1) break;
      found = field > COLUMN ? state.slice() : undefined;
    }
    const source = found === undefined ? '' : (this.sources[found[SOURCE] as number] ?? '');
    if (found === undefined || source === '') return undefined;
    return { source, line: (found[LINE] as number) + 1, column: (found[COLUMN] as number) + 1 };
  }
}

function statesOf(mappings: string): Int32Array {
  let lines = 1;
  for (let at = 0; at < mappings.length; at += 1)
    if (mappings.charCodeAt(at) === SEMICOLON) lines += 1;
  const states = new Int32Array(lines * STATE);
  const state = new Int32Array(STATE);
  let number = 1;
  let field = 0;
  for (let at = 0; at < mappings.length;) {
    const unit = mappings.charCodeAt(at);
    if (unit === COMMA || unit === SEMICOLON) {
      at += 1;
      field = 0;
      if (unit === COMMA) continue;
      state[0] = at;
      states.set(state, number * STATE);
      number += 1;
      continue;
    }
    if (field > 0 && field <= COLUMN)
      state[field] = (state[field] as number) + numberAt(mappings, at);
    at = endOf(mappings, at);
    field += 1;
  }
  return states;
}

function isDigit(mappings: string, at: number): boolean {
  if (at >= mappings.length) return false;
  const unit = mappings.charCodeAt(at);
  return unit !== COMMA && unit !== SEMICOLON;
}

/** A number in base 64, the least digits first and the sign in the last bit. */
function numberAt(mappings: string, from: number): number {
  let value = 0;
  for (let at = from, shift = 0; ; at += 1, shift += 5) {
    const digit = VALUES[mappings.charCodeAt(at)] ?? 0;
    value |= (digit & (MORE - 1)) << shift;
    if ((digit & MORE) === 0) break;
  }
  return (value & 1) === 1 ? -(value >>> 1) : value >>> 1;
}

function endOf(mappings: string, from: number): number {
  let at = from;
  while (((VALUES[mappings.charCodeAt(at)] ?? 0) & MORE) !== 0) at += 1;
  return at + 1;
}
