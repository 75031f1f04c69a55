import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';

/** A document of rules is small; one that is not was not written by a person. */
export const MAX_DOCUMENT_LENGTH = 100_000;

export type ReadDocument<T> =
  | { readonly isValid: true; readonly value: T }
  | { readonly isValid: false; readonly breaches: readonly Breach[] };

/** What is wrong, and where. */
export interface Breach {
  /** Empty where it is the document as a whole. */
  readonly path: string;
  readonly message: string;
}

/** In one line. */
export function breachText({ path, message }: Breach): string {
  return path === '' ? message : `${path}: ${message}`;
}

/**
 * Reads what people write in YAML or JSON by a schema. Otherwise says everything that is wrong, each with its place,
 * and the line where YAML itself cannot be read. Never throws.
 */
export function readDocument<T>(text: string, schema: z.ZodType<T>): ReadDocument<T> {
  if (text.length > MAX_DOCUMENT_LENGTH) {
    return broken([wholly(`the document is longer than ${MAX_DOCUMENT_LENGTH} characters`)]);
  }
  const content = contentOf(text);
  if (!content.isValid) return content;
  const parsed = schema.safeParse(content.value);
  if (parsed.success) return { isValid: true, value: parsed.data };
  return broken(parsed.error.issues.map(({ path, message }) => ({ path: place(path), message })));
}

function contentOf(text: string): ReadDocument<unknown> {
  const lineCounter = new LineCounter();
  try {
    const document = parseDocument(text, { lineCounter, uniqueKeys: true, prettyErrors: false });
    if (document.errors.length === 0) {
      return { isValid: true, value: document.toJS({ maxAliasCount: 50 }) };
    }
    return broken(
      document.errors.map(({ message, pos }) => {
        const { line, col } = lineCounter.linePos(pos[0]);
        return { path: `line ${line}, column ${col}`, message };
      }),
    );
  } catch (error) {
    // Too many aliases, or so deep that the parser runs out of stack.
    return broken([wholly(error instanceof Error ? error.message : 'the document cannot be read')]);
  }
}

function place(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'the document';
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
}

function wholly(message: string): Breach {
  return { path: '', message };
}

function broken(breaches: readonly Breach[]): { isValid: false; breaches: readonly Breach[] } {
  return { isValid: false, breaches };
}
