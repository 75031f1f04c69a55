/** Field names whose values never reach a log, at the top and up to three levels down. */
const SECRET_NAMES = [
  'authorization',
  'cookie',
  'password',
  'passwordHash',
  'secret',
  'token',
  'accessToken',
  'refreshToken',
  'apiKey',
];
const SECRET_HEADERS = ['["set-cookie"]', '["proxy-authorization"]', '["x-api-key"]'];

const DEPTHS = ['', '*.', '*.*.', '*.*.*.'];

/** Paths in the notation of pino. */
export const REDACTED_PATHS: string[] = [
  ...DEPTHS.flatMap((depth) => SECRET_NAMES.map((name) => `${depth}${name}`)),
  ...['headers', '*.headers', '*.*.headers'].flatMap((parent) =>
    SECRET_HEADERS.map((header) => `${parent}${header}`),
  ),
  // Drivers attach what was sent to their errors: SQL parameters and the arguments of AUTH.
  'err.parameters',
  'err.driverError.parameters',
  'err.command.args',
];
