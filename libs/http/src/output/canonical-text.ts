/**
 * One text for everything that means the same: names are sorted, and a field that is undefined counts
 * as absent. Different values have different texts. undefined for values whose text would not tell
 * everything (functions, dates, class instances, numbers that are not finite).
 */
export function canonicalText(value: unknown): string | undefined {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') {
    return JSON.stringify(value);
  }
  if (typeof value === 'number') return Number.isFinite(value) ? JSON.stringify(value) : undefined;
  if (Array.isArray(value)) return joined('[', value.map(canonicalText), ']');
  return isPlainObject(value) ? textOfObject(value) : undefined;
}

function textOfObject(value: Readonly<Record<string, unknown>>): string | undefined {
  const fields = Object.keys(value)
    .sort()
    .filter((name) => value[name] !== undefined)
    .map((name) => {
      const text = canonicalText(value[name]);
      return text === undefined ? undefined : `${JSON.stringify(name)}:${text}`;
    });
  return joined('{', fields, '}');
}

function joined(
  open: string,
  parts: readonly (string | undefined)[],
  close: string,
): string | undefined {
  return parts.includes(undefined) ? undefined : `${open}${parts.join(',')}${close}`;
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // The parser of the query answers objects of a prototype without members.
  return prototype === null || prototype === Object.prototype || isBare(prototype);
}

function isBare(prototype: unknown): boolean {
  return (
    typeof prototype === 'object' &&
    prototype !== null &&
    Object.getPrototypeOf(prototype) === null &&
    Object.getOwnPropertyNames(prototype).every((name) => name === 'constructor')
  );
}
