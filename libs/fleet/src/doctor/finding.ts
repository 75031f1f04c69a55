/** What one check of the doctor has found, and what to do about it. */
export interface Finding {
  readonly check: string;
  /** `failed` breaks a promise of Lockstep, or will; `warning` is to be looked at. */
  readonly status: 'ok' | 'warning' | 'failed';
  readonly found: string;
  /** Only where something is to be done. */
  readonly advice?: string;
}

export function ok(check: string, found: string): Finding {
  return { check, status: 'ok', found };
}

export function warning(check: string, found: string, advice: string): Finding {
  return { check, status: 'warning', found, advice };
}

export function failed(check: string, found: string, advice: string): Finding {
  return { check, status: 'failed', found, advice };
}
