/** An answer of the API that is no success. */
export class StandInError extends Error {
  constructor(
    readonly status: number,
    readonly body: {
      readonly type: string;
      readonly code?: string;
      readonly decline_code?: string;
      readonly message: string;
    },
  ) {
    super(body.message);
  }
}

export function invalid(code: string, message: string, status = 400): StandInError {
  return new StandInError(status, { type: 'invalid_request_error', code, message });
}
