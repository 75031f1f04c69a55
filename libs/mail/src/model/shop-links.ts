import { Injectable } from '@nestjs/common';
import { MailConfig } from '#libs/config';

/** Addresses of pages of the shop, for links in mails. */
@Injectable()
export class ShopLinks {
  constructor(private readonly config: MailConfig) {}

  /** `path` begins with a slash. Undefined when no SHOP_URL is set: the mail is then sent without the link. */
  find(
    storeCode: string,
    path: string,
    parameters: Readonly<Record<string, string>> = {},
  ): string | undefined {
    const { shopUrl } = this.config;
    if (shopUrl === undefined) return undefined;
    const url = new URL(shopUrl.replaceAll('{store}', encodeURIComponent(storeCode)) + path);
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
    return url.href;
  }
}
