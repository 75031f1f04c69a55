import { beforeEach, describe, expect, it } from '@jest/globals';
import { Metrics } from '#libs/observability';
import { SlowStatements } from './slow-statements.js';

type Line = Readonly<Record<string, unknown>>;

describe('the log of slow statements', () => {
  let lines: Line[];
  let nowMs: number;
  let metrics: Metrics;
  const clock = { monotonicMs: () => nowMs };
  const logger = { warn: (fields: Line) => void lines.push(fields) };
  const open = (slowMs: number) => new SlowStatements({ slowMs, clock, logger, metrics });

  beforeEach(() => {
    lines = [];
    nowMs = 0;
    metrics = new Metrics();
  });

  it('has the text, the hash and the time of a statement that took too long, and of no other', async () => {
    const { note } = open(100);
    note('read', 'SELECT 1', 99.9);
    note('read', '\n  SELECT id\n  FROM product WHERE id = @0', 100);
    expect(lines).toEqual([
      {
        kind: 'read',
        hash: expect.stringMatching(/^[\da-f]{12}$/),
        durationMs: 100,
        statement: 'SELECT id FROM product WHERE id = ?',
      },
    ]);
    const { body } = await metrics.render();
    expect(body).toContain('lockstep_sql_slow_statements_total{kind="read"} 1');
    expect(body).toContain('lockstep_sql_slow_statements_total{kind="write"} 0');
    expect(body).toContain('lockstep_sql_statement_seconds_count{kind="read"} 2');
  });

  it('knows a statement again, however many values its lists have', () => {
    const { note } = open(1);
    const hashOf = (text: string) => {
      nowMs += 60_000;
      note('write', text, 5);
      return lines.at(-1)?.['hash'];
    };
    const one = hashOf('DELETE FROM job WHERE id IN (?, ?)');
    expect(hashOf('DELETE FROM job WHERE id IN (?,?,?,?)')).toBe(one);
    expect(hashOf('DELETE FROM job WHERE id IN (@0, @1, @2)')).toBe(one);
    expect(hashOf('DELETE FROM job WHERE id IN (?, ?) AND x = ?')).not.toBe(one);
    const rows = hashOf('INSERT INTO a (b, c) VALUES (?, ?), (?, ?)');
    expect(hashOf('INSERT INTO a (b, c) VALUES (?, ?), (?, ?), (?, ?)')).toBe(rows);
    expect(lines.at(-1)?.['statement']).toBe('INSERT INTO a (b, c) VALUES (?, ...), ...');
  });

  it('says each once in a minute and twenty at most, then how many it did not say', () => {
    const { note } = open(1);
    for (let count = 0; count < 5; count += 1) note('read', 'SELECT 1', 5);
    for (let column = 0; column < 30; column += 1) note('read', `SELECT c${column}x FROM a`, 5);
    expect(lines).toHaveLength(20);
    expect(lines[1]).toMatchObject({ unlogged: 4 });
    nowMs = 59_999;
    note('read', 'SELECT 2', 5);
    expect(lines).toHaveLength(20);
    nowMs = 60_000;
    note('read', 'SELECT 1', 5);
    expect(lines).toHaveLength(21);
    expect(lines.at(-1)).toMatchObject({ unlogged: 12 });
  });

  it('is cut where a statement is very long, and empty where it is switched off', () => {
    open(1).note('read', `SELECT ${'x'.repeat(5_000)}`, 5);
    expect(lines[0]?.['statement']).toHaveLength(2_000);
    open(0).note('read', 'SELECT 1', 60_000);
    expect(lines).toHaveLength(1);
  });
});
