import { describe, expect, it } from '@jest/globals';
import { ConfigurationError } from '../configuration-error.js';
import { loadConfig } from '../load-config.js';
import { parseMailbox, parseShopUrl } from './mail-values.js';
import { parseSmtpUrl } from '../urls/smtp-url.js';

describe('SMTP_URL', () => {
  it('sends a login over TLS only, unless it is told to', () => {
    expect(parseSmtpUrl('smtp://shop:p%40ss@mail.example')).toEqual({
      host: 'mail.example',
      port: 587,
      tls: 'required',
      login: { user: 'shop', password: 'p@ss' },
    });
    expect(parseSmtpUrl('smtp://mail.example:25')).toMatchObject({ port: 25, tls: 'offered' });
    expect(parseSmtpUrl('smtps://mail.example')).toMatchObject({ port: 465, tls: 'implicit' });
    expect(parseSmtpUrl('smtp://a:b@mail.example?tls=none')).toMatchObject({ tls: 'none' });
  });

  it.each([
    'http://mail.example',
    'smtp://user@mail.example',
    'smtp://mail.example/path',
    'smtp://mail.example?pool=true',
    'smtps://mail.example?tls=none',
    'smtp://',
  ])('refuses %s without repeating it', (text) => {
    expect(() => parseSmtpUrl(text)).toThrow();
    const secret = text.replace('mail.', 'hunter2.mail.');
    expect(() => parseSmtpUrl(secret)).toThrow(/^(?!.*hunter2)/);
  });
});

describe('MAIL_FROM', () => {
  it('is an address, with or without a name', () => {
    expect(parseMailbox('shop@example.com')).toEqual({ name: '', address: 'shop@example.com' });
    expect(parseMailbox('"The Shop" <shop@example.com>')).toEqual({
      name: 'The Shop',
      address: 'shop@example.com',
    });
  });

  it.each(['shop', 'a@b.c, d@e.f', 'Shop <a@b.c>\nBcc: d@e.f', 'a@b.c>', ''])(
    'refuses %j',
    (text) => {
      expect(() => parseMailbox(text)).toThrow('must look like');
    },
  );

  it('is required where there is a server to send with', () => {
    const environment = { REDIS_URL: 'redis://localhost:6379', SMTP_URL: 'smtp://localhost:25' };
    expect(() => loadConfig(environment, 'authoring')).toThrow(ConfigurationError);
    const config = loadConfig({ ...environment, MAIL_FROM: 'shop@example.com' }, 'authoring');
    expect(config.mail.from?.address).toBe('shop@example.com');
  });
});

describe('SHOP_URL', () => {
  it('may hold the place of the code of a store', () => {
    expect(parseShopUrl('https://{store}.shop.example/')).toBe('https://{store}.shop.example');
  });

  it.each(['shop.example', 'javascript:alert(1)', 'https://shop.example?x=1', 'https://u:p@x.y'])(
    'refuses %s',
    (text) => {
      expect(() => parseShopUrl(text)).toThrow('must');
    },
  );
});
