import { describe, expect, it } from '@jest/globals';
import { isLeaking, memoryGrowth, type MemorySample } from './memory-growth.js';

const MINUTES = 30;

/** A look each minute; nothing of it is random, so that the suite says the same each time. */
function course(
  held: (minute: number) => number,
  native: (minute: number) => number = () => 80,
): MemorySample[] {
  return Array.from({ length: MINUTES + 1 }, (_unused, minutes) => ({
    minutes,
    heldMib: held(minutes),
    residentMib: held(minutes) + native(minutes),
  }));
}

/** Up and down by `mib`, as what happens to be under way when garbage is collected. */
function unrest(mib: number, minute: number): number {
  return mib * Math.sin(minute * 2.4);
}

describe('the growth of memory', () => {
  it('is nothing where memory stays, however it swings', () => {
    const growth = memoryGrowth(course((minute) => 90 + unrest(3, minute)));
    expect(Math.abs(growth.heldMibPerMinute)).toBeLessThan(0.1);
    expect(Math.abs(growth.residentMibPerMinute)).toBeLessThan(0.1);
    expect(isLeaking(growth)).toBe(false);
  });

  it('is the rate of a leak, found in the same unrest', () => {
    const growth = memoryGrowth(course((minute) => 90 + minute + unrest(3, minute)));
    expect(growth.heldMibPerMinute).toBeCloseTo(1, 1);
    expect(growth.residentMibPerMinute).toBeCloseTo(1, 1);
    expect(isLeaking(growth)).toBe(true);
  });

  it('shows a leak of native memory in what is resident, and there alone', () => {
    const held = (): number => 90;
    const native = (minute: number): number => 80 + minute;
    const growth = memoryGrowth(course(held, native));
    expect(isLeaking(growth)).toBe(true);
    expect(growth).toEqual({
      heldMib: 90,
      heldMibPerMinute: 0,
      residentMib: 200,
      residentMibPerMinute: 1,
    });
  });

  it('leaves out what caches and compiled code add in the first third', () => {
    const growth = memoryGrowth(course((minute) => 60 + 5 * Math.min(minute, 10)));
    expect(growth).toMatchObject({ heldMib: 110, heldMibPerMinute: 0 });
    expect(isLeaking(growth)).toBe(false);
  });

  it('tells a faster leak that began only halfway', () => {
    const growth = memoryGrowth(course((minute) => 90 + 2 * Math.max(0, minute - 20)));
    expect(isLeaking(growth)).toBe(true);
  });

  it('judges nothing by two looks', () => {
    expect(() => memoryGrowth(course(() => 90).slice(0, 2))).toThrow('show no growth of memory');
    expect(() => memoryGrowth([])).toThrow('never looked at');
  });
});
