import { describe, expect, it } from '@jest/globals';
import { PositionLedger } from './position-ledger.js';

const GIVE_UP_MS = 1_000;

describe('PositionLedger', () => {
  it('moves the watermark only over contiguous positions', () => {
    const ledger = new PositionLedger(0, GIVE_UP_MS);
    ledger.add(1);
    ledger.add(3);
    expect(ledger.watermark).toBe(1);
    expect(ledger.has(3)).toBe(true);
    expect(ledger.has(2)).toBe(false);
    ledger.add(2);
    expect(ledger.watermark).toBe(3);
    expect(ledger.aboveCount).toBe(0);
  });

  it('gives a hole up only after the longest transaction since a higher position was seen', () => {
    const ledger = new PositionLedger(0, GIVE_UP_MS);
    ledger.add(2);
    ledger.followed(2, 100, 110);
    ledger.followed(2, 1_109, 1_120);
    expect(ledger.watermark).toBe(0);
    ledger.followed(2, 1_110, 1_130);
    expect(ledger.watermark).toBe(2);
  });

  it('does not give up a hole above what was seen long enough ago', () => {
    const ledger = new PositionLedger(0, GIVE_UP_MS);
    ledger.add(2);
    ledger.followed(2, 0, 0);
    ledger.add(4);
    ledger.followed(4, 900, 900);
    ledger.followed(4, 1_000, 1_000);
    expect(ledger.watermark).toBe(2);
    ledger.add(3);
    expect(ledger.watermark).toBe(4);
  });
});
