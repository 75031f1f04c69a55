import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { queryInteger, queryLimit } from './query-integer.js';

const query = z.strictObject({ min: queryInteger(0, 100).optional(), limit: queryLimit(50, 24) });
const EXPECTED = 'Expected a whole number from 0 to 100';

function messages(given: object): readonly string[] {
  return query.safeParse(given).error?.issues.map(({ message }) => message) ?? [];
}

describe('a whole number in a query', () => {
  it.each([
    [{ min: '0' }, { min: 0, limit: 24 }],
    [
      { min: '007', limit: '50' },
      { min: 7, limit: 50 },
    ],
    [{}, { limit: 24 }],
  ])('is read: %j', (given, read) => {
    expect(query.parse(given)).toEqual(read);
  });

  it.each(['', ' ', ' 1', '1e1', '0x10', '+1', '1.0', 'NaN', '١', ['1', '2']])(
    'is not %j, and the hint says what is expected',
    (given) => {
      expect(messages({ min: given })).toEqual([EXPECTED]);
      expect(messages({ limit: given })).toEqual(['Expected a whole number from 1 to 50']);
    },
  );

  it('keeps to its bounds', () => {
    expect(messages({ min: '-1' })).not.toEqual([]);
    expect(messages({ min: '101' })).not.toEqual([]);
    expect(messages({ limit: '0' })).not.toEqual([]);
    expect(messages({ limit: '51' })).not.toEqual([]);
  });

  it('is told as an integer', () => {
    expect(z.toJSONSchema(query, { io: 'input' })).toMatchObject({
      properties: {
        min: { type: 'integer', minimum: 0, maximum: 100 },
        limit: { type: 'integer', minimum: 1, maximum: 50, default: 24 },
      },
    });
    expect(z.toJSONSchema(query, { io: 'input' }).required).toBeUndefined();
  });
});
