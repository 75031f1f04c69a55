import type { CdnProvider } from '#libs/config';
import { cloudflare } from './cloudflare.js';
import { fastly } from './fastly.js';
import { varnishBan, varnishXkey } from './varnish.js';
import { webhook } from './webhook.js';

export interface PurgeRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Where one shared cache takes purges. */
export interface PurgeAddress {
  /** Without a slash at the end. */
  readonly url: string;
  /** A secret. */
  readonly token: string | undefined;
}

/** How the API of a provider is spoken. */
export interface PurgeProtocol {
  /** Of one request. */
  readonly maxTags: number;
  /** Of the tags of one request, separators included. */
  readonly maxLength: number;
  /** Tags are encoded. */
  tags(address: PurgeAddress, tags: readonly string[]): PurgeRequest;
  everything(address: PurgeAddress): PurgeRequest;
  /** Whether the body of an answer with a status of success says so too. */
  isDone?(body: string): boolean;
}

export const purgeProtocols: Readonly<Record<CdnProvider, PurgeProtocol>> = {
  fastly,
  cloudflare,
  'varnish-xkey': varnishXkey,
  'varnish-ban': varnishBan,
  webhook,
};
