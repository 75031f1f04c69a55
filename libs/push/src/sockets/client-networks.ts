import { Injectable } from '@nestjs/common';
import proxyAddr from '@fastify/proxy-addr';
import type { IncomingMessage } from 'node:http';
import { HttpConfig } from '#libs/config';
import { clientNetwork } from '#libs/kernel';

/** Where connections come from, behind the same trusted proxies as requests. */
@Injectable()
export class ClientNetworks {
  private readonly isTrusted: (address: string, hop: number) => boolean;

  constructor({ trustedProxies }: HttpConfig) {
    this.isTrusted = proxyAddr.compile([...trustedProxies]);
  }

  addressOf(request: IncomingMessage): string {
    return proxyAddr(request, this.isTrusted);
  }

  of(request: IncomingMessage): string {
    return clientNetwork(this.addressOf(request));
  }
}
