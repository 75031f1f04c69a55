/** Who mails come from. */
export interface Mailbox {
  /** Empty when there is none. */
  readonly name: string;
  readonly address: string;
}

const ADDRESS = /^[^\s<>@,;:"()[\]\\]+@[^\s<>@,;:"()[\]\\]+\.[^\s<>@,;:"()[\]\\.]+$/;
// oxlint-disable-next-line no-control-regex -- a line break would begin a header of its own.
const NAME = /^[^<>\u0000-\u001f\u007f]{0,100}$/;

/** Reads `shop@example.com` or `The Shop <shop@example.com>`. Throws an Error that says what is wrong. */
export function parseMailbox(text: string): Mailbox {
  const match = /^(?:(.*?)\s*<([^<>]+)>|([^<>]+))$/.exec(text.trim());
  const address = (match?.[2] ?? match?.[3] ?? '').trim();
  const name = (match?.[1] ?? '').replace(/^"(.*)"$/, '$1').trim();
  if (!ADDRESS.test(address) || !NAME.test(name)) {
    throw new Error('must look like shop@example.com or "The Shop <shop@example.com>"');
  }
  return { name, address };
}

/** Reads the address of a shop's pages; `{store}` in it stands for the code of a store. */
export function parseShopUrl(text: string): string {
  const sample = text.replaceAll('{store}', 'store');
  if (!/^https?:\/\//.test(text) || !URL.canParse(sample)) {
    throw new Error('must look like https://shop.example or https://{store}.shop.example');
  }
  const { search, hash, username } = new URL(sample);
  if (search !== '' || hash !== '' || username !== '') {
    throw new Error('must have neither a login nor anything behind the path');
  }
  return text.replace(/\/+$/, '');
}
