import { Injectable } from '@nestjs/common';
import { PasswordHasher } from './password-hasher.js';
import { PasswordStrength } from './password-strength.js';

/** Passwords that users choose: none is hashed, and so none is stored, that is easily guessed. */
@Injectable()
export class NewPasswords {
  constructor(
    private readonly strength: PasswordStrength,
    private readonly hasher: PasswordHasher,
  ) {}

  /**
   * The hash to store. `own` is what others know about the user. Throws `identity.password-weak` before
   * anything is hashed, and `identity.passwords-busy`.
   */
  async hash(password: string, own: readonly string[]): Promise<string> {
    await this.strength.assertStrong(password, own);
    return this.hasher.hash(password);
  }
}
