// Streams of keys that bounded caches are told apart by. The same every time.

/** Each answers `reads` keys for a cache of `capacity` entries. */
export const streams = {
  'popularity (Zipf 0.9), 20 times as many keys as entries': (reads, capacity) => {
    const draw = zipf(20 * capacity, 0.9, random(1));
    return Array.from({ length: reads }, () => `item:${draw()}`);
  },
  'the same, and a crawler reads everything once (half of the reads)': (reads, capacity) => {
    const chance = random(2);
    const draw = zipf(20 * capacity, 0.9, chance);
    let crawled = 0;
    return Array.from({ length: reads }, () =>
      chance() < 0.5 ? `item:${draw()}` : `page:${(crawled += 1)}`,
    );
  },
  'the same popularity, of other keys every tenth of the time': (reads, capacity) => {
    const draw = zipf(20 * capacity, 0.9, random(3));
    return Array.from({ length: reads }, (_unused, at) => {
      return `item:${Math.floor((10 * at) / reads)}:${draw()}`;
    });
  },
  'round and round, a quarter more keys than entries': (reads, capacity) => {
    const keys = Math.floor(1.25 * capacity);
    return Array.from({ length: reads }, (_unused, at) => `item:${at % keys}`);
  },
};

/** Numbers from 0, the first ones most often; by inversion of the cumulative shares. */
function zipf(count, exponent, chance) {
  const shares = new Float64Array(count);
  let sum = 0;
  for (let rank = 0; rank < count; rank += 1) {
    sum += 1 / (rank + 1) ** exponent;
    shares[rank] = sum;
  }
  return () => {
    const wanted = chance() * sum;
    let [low, high] = [0, count - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (shares[middle] < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

/** Mulberry32. */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
