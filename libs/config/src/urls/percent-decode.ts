/** Percent-decodes one part of a URL; a malformed part becomes a problem, not an exception. */
export function percentDecode(value: string, what: string, problems: string[]): string {
  try {
    return decodeURIComponent(value);
  } catch {
    problems.push(`${what} is not percent-encoded correctly`);
    return '';
  }
}
