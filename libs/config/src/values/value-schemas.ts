import { isIP } from 'node:net';
import { z } from 'zod';

/** A schema that reads one environment text. Messages never repeat the text when it may be secret. */
export type TextSchema<T> = z.ZodType<T, string>;

/** Turns a parser that throws into a schema; the message of what it throws is the problem. */
export function parsedText<T>(parse: (text: string) => T): TextSchema<T> {
  return z.string().transform((text, context): T => {
    try {
      return parse(text);
    } catch (error) {
      context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : '?' });
      return z.NEVER;
    }
  });
}

export function integer(min: number, max: number): TextSchema<number> {
  return parsedText((text) => {
    const value = Number(text);
    if (!/^-?\d+$/.test(text) || !Number.isSafeInteger(value) || value < min || value > max) {
      throw new Error(`must be a whole number from ${min} to ${max}, not "${text}"`);
    }
    return value;
  });
}

/** A number from 0 to 1, written with a point. */
export const share: TextSchema<number> = parsedText((text) => {
  if (!/^(0|1|0?\.\d{1,9}|0\.0|1\.0)$/.test(text)) {
    throw new Error(`must be a number from 0 to 1 such as 0.05, not "${text}"`);
  }
  return Number(text);
});

const BYTE_UNITS = new Map([
  ['', 1],
  ['kib', 1024],
  ['mib', 1024 ** 2],
  ['gib', 1024 ** 3],
]);

/** A size: plain bytes, or with a binary unit such as `256MiB`. */
export function byteSize(min: number, max: number): TextSchema<number> {
  return parsedText((text) => {
    const match = /^(\d+)\s*([a-z]*)$/i.exec(text);
    const unit = BYTE_UNITS.get((match?.[2] ?? '').toLowerCase());
    const value = unit === undefined ? Number.NaN : Number(match?.[1]) * unit;
    if (!Number.isSafeInteger(value) || value < min || value > max) {
      throw new Error(
        `must be a size from ${min} to ${max} bytes, for instance 1048576 or 1MiB, not "${text}"`,
      );
    }
    return value;
  });
}

export const flag: TextSchema<boolean> = parsedText((text) => {
  const value = text.toLowerCase();
  if (value !== 'true' && value !== 'false') {
    throw new Error(`must be true or false, not "${text}"`);
  }
  return value === 'true';
});

export function choice<const T extends string>(...allowed: readonly T[]): TextSchema<T> {
  return parsedText((text) => {
    const value = allowed.find((candidate) => candidate === text);
    if (value === undefined) {
      throw new Error(`must be one of ${allowed.join(', ')}, not "${text}"`);
    }
    return value;
  });
}

export function matching(pattern: RegExp, description: string): TextSchema<string> {
  return parsedText((text) => {
    if (!pattern.test(text)) throw new Error(`must be ${description}, not "${text}"`);
    return text;
  });
}

/** A comma-separated list; empty items are refused, they are typing errors. */
export function list<T>(readItem: (item: string) => T): TextSchema<readonly T[]> {
  return parsedText((text) => text.split(',').map((item) => readItem(item.trim())));
}

export const addressList: TextSchema<readonly string[]> = list((item) => {
  const [address = '', bits, ...rest] = item.split('/');
  const family = isIP(address);
  const maxBits = family === 4 ? 32 : 128;
  const bitsAreValid = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= maxBits);
  if (family === 0 || !bitsAreValid || rest.length > 0) {
    throw new Error(`"${item}" is neither an IP address nor a range such as 10.0.0.0/8`);
  }
  return item;
});

export const originList: TextSchema<readonly string[]> = list((item) => {
  if (item === '*') return item;
  if (!URL.canParse(item) || new URL(item).origin !== item.toLowerCase()) {
    throw new Error(`"${item}" is not an origin such as https://shop.example (or *)`);
  }
  return item.toLowerCase();
});

/** Of a process or a prefix: safe in keys of Redis, labels of metrics and headers. */
export const shortName = matching(
  /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
  '1 to 64 letters, digits, ".", "_", "-"',
);
