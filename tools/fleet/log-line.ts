/** The levels a person is shown without asking. */
const ALARMING = new Set(['warn', 'error', 'fatal']);
/** Fields that every line has, or that the prefix says already. */
const HIDDEN = new Set(['level', 'time', 'msg', 'pid', 'replica', 'role']);
const LONGEST_FIELD = 300;

export interface LogLine {
  readonly level: string;
  /** Time of day in UTC, the message and the fields: what fits on a line. */
  readonly text: string;
  readonly isAlarming: boolean;
}

/**
 * Reads a line of a replica's log. A line that is none (a crash of the runtime, a stack) is alarming and stays as it is. Never
 * throws: the supervisor must survive whatever a dying process prints.
 */
export function readLogLine(line: string): LogLine {
  const record = parseRecord(line);
  if (record === undefined) return { level: '', text: line, isAlarming: line.trim() !== '' };
  const level = textOf(record['level']);
  const fields = Object.entries(record)
    .filter(([key]) => !HIDDEN.has(key))
    .map(([key, value]) => `${key}=${shorten(textOf(value))}`);
  const time = /T(\d\d:\d\d:\d\d)/.exec(textOf(record['time']))?.[1];
  const words = [time, textOf(record['msg']), ...fields].filter((word) => word !== undefined);
  return { level, text: words.join(' '), isAlarming: ALARMING.has(level) };
}

function parseRecord(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const parsed: unknown = JSON.parse(line);
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : undefined;
  } catch {
    // Half a line of a process that was killed.
    return undefined;
  }
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined ? '' : JSON.stringify(value);
}

function shorten(text: string): string {
  return text.length > LONGEST_FIELD ? `${text.slice(0, LONGEST_FIELD)}...` : text;
}
