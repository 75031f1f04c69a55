import { scalingErrors } from '../scaling.errors.js';
import { isSettingName } from '../settings/runtime-settings.js';
import { compileRules } from './compile-rules.js';
import { breachText, readDocument, type Breach } from './read-document.js';
import { rulesSchema } from './rules-schema.js';
import type { ScalingRules } from './scaling-rules.js';

const MAX_ERRORS = 100;

/**
 * Reads rules as people write them, in YAML or JSON. Throws `scaling.rules-invalid` with what is wrong
 * (up to a hundred of it), each with its place, and the line where YAML itself cannot be read.
 */
export function readRules(text: string): ScalingRules {
  const read = readDocument(text, rulesSchema);
  if (!read.isValid) throw invalid(read.breaches);
  const breaches: Breach[] = [];
  const rules = compileRules(read.value, isSettingName, (path, message) =>
    breaches.push({ path, message }),
  );
  if (breaches.length > 0) throw invalid(breaches);
  return rules;
}

function invalid(breaches: readonly Breach[]): Error {
  const further = breaches.length - MAX_ERRORS;
  const errors = breaches.slice(0, MAX_ERRORS);
  if (further > 0) errors.push({ path: '', message: `and ${further} more` });
  return scalingErrors.rulesInvalid({
    message: `the scaling rules cannot be used: ${errors.map(breachText).join('; ')}`,
    details: { errors },
  });
}
