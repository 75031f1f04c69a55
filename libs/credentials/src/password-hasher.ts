import { hash, parseOptions, verify } from '@node-rs/argon2';
import { credentialsErrors } from './credentials.errors.js';

/** OWASP Password Storage Cheat Sheet, argon2id: 19 MiB, two passes, one lane. About 70 ms. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 } as const;

const MAX_RUNNING = 2;
const MAX_WAITING = 32;

/** A hash that has no known password; checking against it costs the same as against a real one. */
const NOBODY = `$argon2id$v=19$m=${PARAMETERS.memoryCost},t=${PARAMETERS.timeCost},p=${PARAMETERS.parallelism}$${'A'.repeat(22)}$${'A'.repeat(43)}`;

/**
 * Passwords as argon2id PHC strings.
 *
 * Guarantees: at most two hashes run at once (each takes 19 MiB and one of the four threads that
 * file access needs as well) and at most 32 wait; beyond that `identity.passwords-busy`.
 */
export class PasswordHasher {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  hash(password: string): Promise<string> {
    return this.inTurn(() => hash(composed(password), PARAMETERS));
  }

  /** Without a hash (an unknown user) it takes as long as a wrong password, and answers false. */
  async verify(stored: string | undefined, password: string): Promise<boolean> {
    const matches = await this.inTurn(() => verify(stored ?? NOBODY, composed(password)));
    return matches && stored !== undefined;
  }

  /** True when the hash was made with other parameters than new ones are. */
  isOutdated(stored: string): boolean {
    const used = parseOptions(stored);
    return (
      !stored.startsWith('$argon2id$v=19$') ||
      used.memoryCost !== PARAMETERS.memoryCost ||
      used.timeCost !== PARAMETERS.timeCost ||
      used.parallelism !== PARAMETERS.parallelism ||
      used.outputLen !== PARAMETERS.outputLen
    );
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= MAX_RUNNING) {
      if (this.waiting.length >= MAX_WAITING) {
        throw credentialsErrors.passwordsBusy({ retryAfterSeconds: 2 });
      }
      // A hashing that ends hands its place over, so `running` stays as it is.
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    } else {
      this.running += 1;
    }
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next === undefined) this.running -= 1;
      else next();
    }
  }
}

/** The same password typed on different keyboards is the same text. */
function composed(password: string): string {
  return password.normalize('NFKC');
}
