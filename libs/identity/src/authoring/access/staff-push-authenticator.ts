import { Injectable } from '@nestjs/common';
import {
  tokenIn,
  type PushAuthenticator,
  type PushCredential,
  type PushHandshake,
} from '#libs/push';
import { PermissionCatalog } from '../../model/permission-catalog.js';
import { addresseeOf } from './addressee.js';
import { Authenticator } from './authenticator.js';
import { staffTokens } from './staff-tokens.js';

/** Sockets of staff: the same tokens and the same rules as for requests. Keeps hashes only. */
@Injectable()
export class StaffPushAuthenticator implements PushAuthenticator {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly catalog: PermissionCatalog,
  ) {}

  read(handshake: PushHandshake): PushCredential | undefined {
    const token = tokenIn(handshake);
    const presented = token === undefined ? undefined : staffTokens.read(token);
    if (presented === undefined) return undefined;
    return {
      confirm: async () => addresseeOf(await this.authenticator.confirm(presented), this.catalog),
    };
  }
}
