import type { CachedReader } from '../core/reading/cached-reader.js';
import type { EntryReport } from './entry-report.js';

const MAX_VALUE_LENGTH = 64 * 1024;

/** What a reader of this replica holds under the text of a key. */
export function inspectEntry(
  reader: Pick<CachedReader<unknown, unknown>, 'inspectText' | 'isConfidential'>,
  key: string,
): EntryReport | undefined {
  const held = reader.inspectText(key);
  if (held === undefined) return undefined;
  const { value, tags, bytes, expiresInMs, isConfirmed } = held;
  const report = {
    tags: [...tags],
    bytes,
    expiresInMs: Math.round(expiresInMs),
    isConfirmed,
    isAbsent: value === undefined,
  };
  const valueJson = reader.isConfidential ? undefined : presentable(value);
  return valueJson === undefined ? report : { ...report, valueJson };
}

function presentable(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const text = JSON.stringify(
    value,
    function (this: Record<string, unknown>, name, inner: unknown) {
      const original = this[name];
      return Buffer.isBuffer(original) ? `(${original.byteLength} bytes)` : inner;
    },
  );
  return text.length > MAX_VALUE_LENGTH ? undefined : text;
}
