/** A time as the API writes it: ISO 8601, UTC. */
export function isoTime(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

/** The same for a time that may not have come. */
export function isoTimeOrNull(epochMs: number | null | undefined): string | null {
  return typeof epochMs === 'number' ? isoTime(epochMs) : null;
}
