import type { Addressee } from './rooms.js';

/** A credential that was presented once and can be asked again what it stands for. */
export interface PushCredential {
  /**
   * Who it stands for now. Rejects with a `UserError` when it stands for nobody (any more), with
   * another error when that cannot be told at the moment.
   */
  confirm(): Promise<Addressee>;
}

/** Knows the tokens of the role the replica has: staff in authoring, shoppers in commerce. */
export interface PushAuthenticator {
  /** Undefined when the text cannot be a token. */
  read(token: string): PushCredential | undefined;
}

export const PUSH_AUTHENTICATOR = Symbol('PushAuthenticator');
