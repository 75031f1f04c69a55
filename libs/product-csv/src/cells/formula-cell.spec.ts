import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { neutraliseFormula, restoreFormula } from './formula-cell.js';

describe('formula cells', () => {
  it.each(['=1+1', '+49 30', '-2+3', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1', "'=1", "''@x"])(
    'puts an apostrophe in front of %j',
    (cell) => {
      expect(neutraliseFormula(cell)).toBe(`'${cell}`);
    },
  );

  it.each(['', 'text', '-5', '-5.25', '0.5', "'quoted'", "it's", 'a=b'])('leaves %j', (cell) => {
    expect(neutraliseFormula(cell)).toBe(cell);
    expect(restoreFormula(cell)).toBe(cell);
  });

  it('can be undone for every text', () => {
    const cell = fc
      .array(fc.constantFrom("'", '=', '-', '1', 'a', '\t', '.'))
      .map((all) => all.join(''));
    fc.assert(
      fc.property(fc.oneof(cell, fc.string()), (text) => {
        expect(restoreFormula(neutraliseFormula(text))).toBe(text);
      }),
    );
  });
});
