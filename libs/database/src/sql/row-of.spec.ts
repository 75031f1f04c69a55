import { describe, expect, it } from '@jest/globals';
import { columnNaming } from '../schema/column-naming.js';
import type { RowOf } from './row-of.js';

class Parcel {
  id!: string;
  sentAt!: number | null;
  line2Text!: string;
}

describe('RowOf', () => {
  it('has the columns by the names that entities give them', () => {
    const row: RowOf<Parcel> = { id: 'a', sent_at: null, line2_text: '' };
    const named = ['id', 'sentAt', 'line2Text'].map((property) =>
      columnNaming.columnName(property, undefined, []),
    );
    expect(named).toEqual(Object.keys(row));
  });

  // The compiler fails where one of these lines is in order.
  it('compiles neither with a column that is not there nor with another type', () => {
    // @ts-expect-error: it is called sent_at.
    type Misnamed = RowOf<Parcel, 'sentAt'>;
    // @ts-expect-error: there is none.
    type Unknown = RowOf<Parcel, 'weight'>;
    const row: RowOf<Parcel, 'id' | 'sent_at'> = { id: 'a', sent_at: null };
    // @ts-expect-error: it may be null.
    const sentAt: number = row.sent_at;
    // @ts-expect-error: it is not read.
    const text: unknown = row.line2_text;
    const wrong: (keyof (Misnamed & Unknown))[] = [];
    expect([sentAt, text, wrong]).toEqual([null, undefined, []]);
  });
});
