import { describe, expect, it } from '@jest/globals';
import { encode, type SourceMapMappings } from '@jridgewell/sourcemap-codec';
import { MappedLines } from './mapped-lines.js';

const SOURCES = ['shop.ts', '', 'cart.ts'];

function linesOf(mappings: SourceMapMappings): MappedLines {
  return new MappedLines(SOURCES, encode(mappings));
}

describe('MappedLines', () => {
  it('finds the segment that a place is in or behind, on its own line', () => {
    const lines = linesOf([
      [
        [0, 0, 10, 2],
        [20, 0, 11, 4],
        [40, 2, 3, 0],
      ],
      [],
      [[5, 0, 900, 70]],
    ]);
    expect(lines.find(1, 1)).toEqual({ source: 'shop.ts', line: 11, column: 3 });
    expect(lines.find(1, 20)).toEqual({ source: 'shop.ts', line: 11, column: 3 });
    expect(lines.find(1, 21)).toEqual({ source: 'shop.ts', line: 12, column: 5 });
    expect(lines.find(1, 1_000)).toEqual({ source: 'cart.ts', line: 4, column: 1 });
    expect(lines.find(2, 1)).toBeUndefined();
    expect(lines.find(3, 5)).toBeUndefined();
    expect(lines.find(3, 6)).toEqual({ source: 'shop.ts', line: 901, column: 71 });
  });

  it('finds nothing where a segment names no source, or one that was left out, and outside of the map', () => {
    const lines = linesOf([[[0, 0, 1, 0], [8], [16, 1, 5, 0], [24, 2, 6, 0, 0]]]);
    expect([1, 9, 17, 25].map((column) => lines.find(1, column)?.source)).toEqual([
      'shop.ts',
      undefined,
      undefined,
      'cart.ts',
    ]);
    for (const line of [-1, 0, 2]) expect(lines.find(line, 1)).toBeUndefined();
  });

  it('takes every line as a library reads it', () => {
    const mappings: SourceMapMappings = Array.from({ length: 3_000 }, (_, line) =>
      Array.from({ length: line % 4 }, (_each, at) => {
        const place = (line * 7_919 + at * 104_729) % 50_000;
        return at === 2 ? [at * 30] : [at * 30, (line % 2) * 2, place, place % 333];
      }),
    );
    const lines = linesOf(mappings);
    for (const [line, segments] of mappings.entries()) {
      for (const [column, source, sourceLine, sourceColumn] of segments) {
        const wanted =
          source === undefined
            ? undefined
            : {
                source: SOURCES[source],
                line: (sourceLine ?? 0) + 1,
                column: (sourceColumn ?? 0) + 1,
              };
        expect(lines.find(line + 1, column + 1)).toEqual(wanted);
      }
    }
  });
});
