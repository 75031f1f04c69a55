import { describe, expect, it } from '@jest/globals';
import { chunksOf, likePrefix, sql } from './sql.js';

describe('sql', () => {
  it('renders placeholders of the dialect and keeps values out of the text', () => {
    const inner = sql`b = ${'x'}`;
    const statement = sql`SELECT a FROM t WHERE a = ${1} AND ${inner} AND c IN ${sql.in([2, 3])}`;
    expect(statement.render('sqlite')).toEqual({
      text: 'SELECT a FROM t WHERE a = ? AND b = ? AND c IN (?, ?)',
      parameters: [1, 'x', 2, 3],
    });
    expect(statement.render('mssql').text).toBe(
      'SELECT a FROM t WHERE a = @0 AND b = @1 AND c IN (@2, @3)',
    );
  });

  it('limits and returns in the words of the dialect', () => {
    const insert = sql.insert('t', [{ a: 1, b: true }], 'id');
    expect(insert.render('sqlite').text).toBe(
      'INSERT INTO "t" ("a", "b") VALUES (?, ?) RETURNING "id"',
    );
    expect(insert.render('mssql').text).toBe(
      'INSERT INTO "t" ("a", "b") OUTPUT inserted."id" VALUES (@0, @1)',
    );
    expect(insert.render('mssql').parameters).toEqual([1, 1]);
    expect(sql`SELECT a FROM t ORDER BY a ${sql.limit(5)}`.render('mssql').text).toBe(
      'SELECT a FROM t ORDER BY a OFFSET 0 ROWS FETCH NEXT 5 ROWS ONLY',
    );
    expect(sql`ORDER BY a ${sql.limit(5, 20)}`.render('mssql').text).toBe(
      'ORDER BY a OFFSET 20 ROWS FETCH NEXT 5 ROWS ONLY',
    );
    expect(sql`ORDER BY a ${sql.limit(5, 20)}`.render('sqlite').text).toBe(
      'ORDER BY a LIMIT 5 OFFSET 20',
    );
  });

  it('goes on behind a place of a list, by a range and its bounds alone', () => {
    const behind = (place?: { readonly createdAt: number; readonly id: string }) =>
      sql.behind(sql`m.sent_at`, sql`m.id`, place).render('sqlite');
    expect(behind({ createdAt: 5, id: 'x' })).toEqual({
      text: 'm.sent_at <= ? AND (m.sent_at < ? OR m.id < ?)',
      parameters: [5, 5, 'x'],
    });
    expect(behind()).toEqual({ text: '1 = 1', parameters: [] });
  });

  it('matches nothing with an empty list', () => {
    expect(sql`x IN ${sql.in([])}`.render('sqlite').text).toBe('x IN (NULL)');
  });

  it('refuses names that are not plain identifiers', () => {
    expect(() => sql.identifier('a; DROP TABLE b')).toThrow(RangeError);
    expect(() => sql.limit(-1)).toThrow(RangeError);
    expect(() => sql.limit(1, 0.5)).toThrow(RangeError);
  });

  it('splits lists and escapes patterns', () => {
    expect(chunksOf([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
    expect(likePrefix('50%_[x]\\')).toBe('50\\%\\_\\[x\\]\\\\%');
  });
});
