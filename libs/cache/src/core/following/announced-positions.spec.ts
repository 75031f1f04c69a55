import { describe, expect, it } from '@jest/globals';
import { AnnouncedPositions } from './announced-positions.js';

const at = (position: number) => ({ position, tags: ['a'], committedAt: 0 });
const none = () => false;

describe('AnnouncedPositions', () => {
  it('are contiguous as long as each has its predecessor announced or applied', () => {
    const announced = new AnnouncedPositions();
    expect(announced.isContiguousFrom(5, none)).toBe(true);
    announced.add(at(6), 0);
    announced.add(at(8), 0);
    expect(announced.isContiguousFrom(5, none)).toBe(false);
    expect(announced.isContiguousFrom(5, (position) => position === 7)).toBe(true);
    announced.add(at(9), 0);
    expect(announced.isContiguousFrom(8, none)).toBe(true);
  });

  it('have a gap where one was forgotten, and none where it was applied', () => {
    const announced = new AnnouncedPositions();
    for (const position of [1, 2, 3]) announced.add(at(position), position);
    expect(announced.isContiguousFrom(0, none)).toBe(true);
    announced.delete(1);
    expect(announced.isContiguousFrom(1, none)).toBe(true);
    announced.forgetHeardBefore(3);
    expect(announced.isContiguousFrom(1, none)).toBe(false);
    announced.clear();
    expect(announced.isContiguousFrom(1, none)).toBe(true);
  });

  it('cost a message what it says, however many are remembered', () => {
    const announced = new AnnouncedPositions();
    let asked = 0;
    const isApplied = () => {
      asked += 1;
      return false;
    };
    for (let position = 1; position <= 1_000; position += 1) {
      announced.add(at(position), 0);
      expect(announced.isContiguousFrom(0, isApplied)).toBe(true);
    }
    expect(asked).toBeLessThanOrEqual(1_000);
  });
});
