const SECRET_NAME =
  /(password|passphrase|secret|token|api[-_]?key|hash|credential|authorization|cookie)/i;
const MASK = '[redacted]';

/** A copy of a value in which everything under a name that looks secret is masked. */
export function redactSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(redactSecrets);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      SECRET_NAME.test(name) && inner !== null && inner !== undefined ? MASK : redactSecrets(inner),
    ]),
  );
}
