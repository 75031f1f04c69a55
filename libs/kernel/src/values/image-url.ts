import { productLimits } from './product-limits.js';

const SITE_PATH = /^\/(?!\/)[^\s\\]*$/;
/** Without the slashes a browser takes it for a path, beside the page that it is on. */
const WEB_ADDRESS = /^https?:\/\/[^/]/i;

/** http(s) without credentials, or a path of this site. */
export function isImageUrl(url: string): boolean {
  if (url.length > productLimits.urlLength) return false;
  if (SITE_PATH.test(url)) return true;
  if (!WEB_ADDRESS.test(url) || !URL.canParse(url)) return false;
  const { username, password } = new URL(url);
  return username === '' && password === '';
}
