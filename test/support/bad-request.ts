import type { Problem } from '#libs/http';
import type { PricedProduct } from './catalog-client.js';
import type { Call, Reply } from './replica-client.js';

/** What the rows of a table of bad requests refer to; made before the first of them is sent. */
export interface BadRequestScene {
  /** The store that requests name. */
  readonly store: string;
  readonly product: PricedProduct;
  /** Of the same store. */
  readonly sibling: PricedProduct;
  /** Of another store. */
  readonly foreign: PricedProduct;
  readonly foreignCategoryId: string;
  /** Cursor of another list. */
  readonly foreignCursor: string;
  readonly expiredToken: string;
  readonly limitedToken: string;
}

export interface BadRequest {
  readonly name: string;
  readonly request: (
    scene: BadRequestScene,
  ) => readonly [method: string, path: string, call?: Call];
  readonly status: number;
  readonly code: string;
  /** Further members that the problem must have. */
  readonly members?: Readonly<Record<string, unknown>>;
}

/** What is wrong with an answer that should be a problem with this code; undefined when nothing is. */
export function flawOf(
  reply: Reply<Problem>,
  { status, code }: Pick<BadRequest, 'status' | 'code'>,
): string | undefined {
  const contentType = reply.headers.get('content-type') ?? '';
  const { body } = reply;
  if (!contentType.startsWith('application/problem+json')) return `content type ${contentType}`;
  if (reply.status !== status || body.code !== code) return `${reply.status} ${body.code}`;
  if (body.status !== status) return `status ${body.status} in the body`;
  if (body.type !== `urn:lockstep:problem:${code}`) return `type ${body.type}`;
  if (body.requestId !== reply.headers.get('x-request-id')) return 'another request id';
  if (typeof body.title !== 'string' || body.title === '') return 'no title';
  if (/\bat .*\.[jt]s:\d|SQLITE|SqliteError/.test(JSON.stringify(body))) return 'tells internals';
  return undefined;
}
