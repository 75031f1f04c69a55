import { describe, expect, it } from '@jest/globals';
import { readLogLine } from './log-line.js';

describe('readLogLine', () => {
  it('shows time, message and fields without what the prefix says', () => {
    const line =
      '{"level":"warn","time":"2026-11-21T08:50:44.402Z","role":"commerce","replica":"c1","lagMs":7,"msg":"behind"}';
    expect(readLogLine(line)).toEqual({
      level: 'warn',
      text: '08:50:44 behind lagMs=7',
      isAlarming: true,
    });
  });

  it('finds nothing alarming in an info line or an empty one', () => {
    expect(readLogLine('{"level":"info","msg":"listening"}').isAlarming).toBe(false);
    expect(readLogLine('').isAlarming).toBe(false);
  });

  it.each(['{"level":"in', 'TypeError: x is undefined', '{"level":'])(
    'keeps a line that is no log line: %s',
    (line) => {
      expect(readLogLine(line)).toEqual({ level: '', text: line, isAlarming: true });
    },
  );

  it.each(['null', '[]', '{}', '{"time":1e99,"level":{},"msg":[1]}', '{"err":{"a":"b"}}'])(
    'survives %s',
    (line) => {
      expect(() => readLogLine(line)).not.toThrow();
    },
  );

  it('cuts long fields', () => {
    const line = JSON.stringify({ level: 'error', msg: 'm', err: 'x'.repeat(5000) });
    expect(readLogLine(line).text.length).toBeLessThan(400);
  });
});
