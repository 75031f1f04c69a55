import { randomInt } from 'node:crypto';

/** Crockford's base 32: no letter that is read as a digit. Source: https://www.crockford.com/base32.html */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 9;

/**
 * A number for an order: random, so it says nothing about the volume of trade and no replica waits for
 * another. Of 10 million orders two want the same with a probability of about 1 in 700,000 for each
 * new one; the table refuses the second, and it is drawn again.
 */
export function newOrderNumber(prefix: string): string {
  let text = '';
  for (let place = 0; place < LENGTH; place += 1) text += ALPHABET[randomInt(ALPHABET.length)];
  return prefix + text;
}
