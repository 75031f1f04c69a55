import { Injectable } from '@nestjs/common';
import type { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { credentialsErrors } from './credentials.errors.js';

/** Of 0 to 4; 3 means more than 10^8 guesses, out of reach for guessing online and slow offline. */
const LEAST_SCORE = 3;
/** Estimating takes milliseconds for as much as this; what comes after can only make a password stronger. */
const MAX_ESTIMATED = 64;

/**
 * Refuses passwords that attackers try first: known ones, repetitions, rows of keys, and what is made
 * of the user's own name or e-mail address. The estimate is that of zxcvbn (Wheeler, USENIX Security
 * 2016), with its list of leaked passwords; nothing leaves the process.
 */
@Injectable()
export class PasswordStrength {
  private loading: Promise<ZxcvbnFactory> | undefined;

  /** Throws `identity.password-weak`. `own` is what others know about the user. */
  async assertStrong(password: string, own: readonly string[]): Promise<void> {
    const known = own.flatMap((text) => {
      const words = text.split(/[\s@._+-]/);
      return [text, ...words, words.join('')];
    });
    const shown = password.normalize('NFKC').trim().slice(0, MAX_ESTIMATED);
    const { score } = (await this.estimator()).check(shown, [...known, 'lockstep']);
    if (score < LEAST_SCORE) throw credentialsErrors.passwordWeak();
  }

  private estimator(): Promise<ZxcvbnFactory> {
    this.loading ??= loadEstimator().catch((error: unknown) => {
      // Too many open files, for one: the next password may have them loaded.
      this.loading = undefined;
      throw error;
    });
    return this.loading;
  }
}

/** Its lists of words take a tenth of a second to load: with the first password, and not whenever a replica starts. */
async function loadEstimator(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory: Estimator }, { adjacencyGraphs, dictionary }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ]);
  return new Estimator({ dictionary, graphs: adjacencyGraphs });
}
