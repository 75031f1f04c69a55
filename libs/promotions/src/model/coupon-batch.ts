import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';

/** Coupons that were made together. */
export interface CouponBatch {
  readonly id: string;
  readonly promotionId: string;
  readonly name: string;
  /** What their codes begin with; may be empty. */
  readonly prefix: string;
  /** How many were made; some may be gone by now. */
  readonly count: number;
  /** Of each code. */
  readonly useLimit: number | null;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

/** No letter that is read as a digit, or as another letter. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 30 to the 10th: of 10,000 codes in use one guess in 59 billion finds one. */
const LENGTH = 10;

const PREFIX = /^(?:[A-Z0-9](?:[A-Z0-9-]*[A-Z0-9])?)?$/;

/** As prefixes are stored; undefined when codes cannot begin with it. */
export function normalisedPrefix(text: string, maxLength: number): string | undefined {
  const prefix = text.trim().toUpperCase();
  return prefix.length <= maxLength && PREFIX.test(prefix) ? prefix : undefined;
}

/** Draws codes. */
@Injectable()
export class RandomCodes {
  /** Distinct, and none can be guessed from the others. */
  draw(prefix: string, count: number): string[] {
    const codes = new Set<string>();
    while (codes.size < count) codes.add(randomCode(prefix));
    return [...codes];
  }
}

function randomCode(prefix: string): string {
  let code = prefix === '' ? '' : `${prefix}-`;
  for (let place = 0; place < LENGTH; place += 1) code += ALPHABET[randomInt(ALPHABET.length)];
  return code;
}
