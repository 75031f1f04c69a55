import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a link opens, and until when. */
export interface OrderLink {
  readonly orderId: string;
  /** Epoch seconds. */
  readonly expiresAt: number;
}

export interface OrderLinkKey {
  readonly id: string;
  /** In hex. */
  readonly signingKey: string;
}

const TOKEN = /^([0-9a-f]{32})\.([0-9a-f]{32})\.([0-9a-z]{1,9})\.([\w-]{43})$/;
/** What is signed begins with it, so that no other signature of the same key is one of a link. */
const PURPOSE = 'lockstep-order-link';

/** A link as text: whom it opens, its end and its key are readable, and signed with HMAC-SHA-256. Pure. */
export function writeOrderLink({ orderId, expiresAt }: OrderLink, key: OrderLinkKey): string {
  const content = [compact(key.id), compact(orderId), expiresAt.toString(36)].join('.');
  return `${content}.${signatureOf(content, key)}`;
}

/** Which key a text says that it is signed with; undefined when it is no link. */
export function findOrderLinkKey(token: string): string | undefined {
  const keyId = TOKEN.exec(token)?.[1];
  return keyId === undefined ? undefined : expanded(keyId);
}

/** What the link opens; undefined when the signature is not that of the key, or the link has expired. Pure. */
export function readOrderLink(
  token: string,
  key: OrderLinkKey,
  nowSeconds: number,
): OrderLink | undefined {
  const match = TOKEN.exec(token);
  if (match === null) return undefined;
  const [, keyId = '', orderId = '', expiry = '', signature = ''] = match;
  const expected = signatureOf([keyId, orderId, expiry].join('.'), key);
  if (!timingSafeEqual(Buffer.from(signature), Buffer.from(expected))) return undefined;
  const expiresAt = Number.parseInt(expiry, 36);
  return expiresAt > nowSeconds ? { orderId: expanded(orderId), expiresAt } : undefined;
}

function signatureOf(content: string, { signingKey }: OrderLinkKey): string {
  return createHmac('sha256', Buffer.from(signingKey, 'hex'))
    .update(`${PURPOSE}:${content}`)
    .digest('base64url');
}

function compact(uuid: string): string {
  return uuid.replaceAll('-', '').toLowerCase();
}

function expanded(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
