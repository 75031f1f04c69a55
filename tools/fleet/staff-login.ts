import { randomInt } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

export interface StaffLogin {
  readonly email: string;
  readonly password: string;
}

// No letters or digits that people confuse when they copy by hand.
const ALPHABET = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** The demo staff login of this folder: made once, kept in a file only its owner can read, the same at every start. */
export function ensureStaffLogin(file: string): StaffLogin {
  if (existsSync(file)) {
    const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (isLogin(parsed)) return parsed;
    throw new Error(`${file} is damaged; delete it together with the data folder to start anew`);
  }
  const letters = Array.from({ length: 20 }, () => ALPHABET[randomInt(ALPHABET.length)]);
  const login = { email: 'staff@lockstep.example', password: letters.join('') };
  writeFileSync(file, `${JSON.stringify(login, null, 2)}\n`, { mode: 0o600 });
  return login;
}

function isLogin(value: unknown): value is StaffLogin {
  if (typeof value !== 'object' || value === null) return false;
  const { email, password } = value as Record<string, unknown>;
  return typeof email === 'string' && typeof password === 'string';
}
