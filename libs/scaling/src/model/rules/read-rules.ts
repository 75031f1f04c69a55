import { LineCounter, parseDocument } from 'yaml';
import { scalingErrors } from '../scaling.errors.js';
import { isSettingName } from '../settings/runtime-settings.js';
import { compileRules } from './compile-rules.js';
import { rulesSchema } from './rules-schema.js';
import type { ScalingRules } from './scaling-rules.js';

/** A document of rules is small; one that is not was not written by a person. */
export const MAX_RULES_LENGTH = 100_000;
const MAX_ERRORS = 100;

/**
 * Reads rules as people write them, in YAML or JSON. Throws `scaling.rules-invalid` with what is wrong
 * (up to a hundred of it), each with its place, and the line where YAML itself cannot be read.
 */
export function readRules(text: string): ScalingRules {
  if (text.length > MAX_RULES_LENGTH) {
    throw invalid([`the document is longer than ${MAX_RULES_LENGTH} characters`]);
  }
  const parsed = rulesSchema.safeParse(contentOf(text));
  if (!parsed.success) {
    throw invalid(parsed.error.issues.map(({ path, message }) => `${place(path)}: ${message}`));
  }
  const breaches: string[] = [];
  const rules = compileRules(parsed.data, isSettingName, (where, what) =>
    breaches.push(`${where}: ${what}`),
  );
  if (breaches.length > 0) throw invalid(breaches);
  return rules;
}

function contentOf(text: string): unknown {
  const lineCounter = new LineCounter();
  let breaches: string[];
  try {
    const document = parseDocument(text, { lineCounter, uniqueKeys: true, prettyErrors: false });
    if (document.errors.length === 0) return document.toJS({ maxAliasCount: 50 });
    breaches = document.errors.map(({ message, pos }) => {
      const { line, col } = lineCounter.linePos(pos[0]);
      return `line ${line}, column ${col}: ${message}`;
    });
  } catch (error) {
    // Too many aliases, or so deep that the parser runs out of stack.
    breaches = [error instanceof Error ? error.message : 'the document cannot be read'];
  }
  throw invalid(breaches);
}

function place(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'the document';
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
}

function invalid(breaches: readonly string[]): Error {
  const further = breaches.length - MAX_ERRORS;
  const errors = breaches.slice(0, MAX_ERRORS);
  if (further > 0) errors.push(`and ${further} more`);
  return scalingErrors.rulesInvalid({
    message: `the scaling rules cannot be used: ${errors.join('; ')}`,
    details: { errors },
  });
}
