import type { Addressee } from './rooms.js';

/** A credential that was presented once and can be asked again what it stands for. */
export interface PushCredential {
  /**
   * Who it stands for now. Rejects with a `UserError` when it stands for nobody (any more), with
   * another error when that cannot be told at the moment.
   */
  confirm(): Promise<Addressee>;
}

/** What a client says of itself when it connects (`auth`); anything at all. */
export type PushHandshake = Readonly<Record<string, unknown>>;

/** Knows the credentials of the role the replica has: of staff in authoring, of shoppers in commerce. */
export interface PushAuthenticator {
  /** Undefined when the handshake carries none. */
  read(handshake: PushHandshake): PushCredential | undefined;
}

const MAX_TOKEN_LENGTH = 512;

/** The text under a name of a handshake, when it may be a token. */
export function tokenIn(handshake: PushHandshake, name = 'token'): string | undefined {
  const token = handshake[name];
  return typeof token === 'string' && token.length <= MAX_TOKEN_LENGTH ? token : undefined;
}

export const PUSH_AUTHENTICATOR = Symbol('PushAuthenticator');
