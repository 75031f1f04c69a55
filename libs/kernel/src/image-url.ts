import { productLimits } from './product-limits.js';

const SITE_PATH = /^\/(?!\/)[^\s\\]*$/;

/** http(s) without credentials, or a path of this site. */
export function isImageUrl(url: string): boolean {
  if (url.length > productLimits.urlLength) return false;
  if (SITE_PATH.test(url)) return true;
  if (!URL.canParse(url)) return false;
  const { protocol, username, password } = new URL(url);
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === '';
}
