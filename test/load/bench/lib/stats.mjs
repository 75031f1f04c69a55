/** The value below which `share` of the sorted numbers lie. */
export function percentile(numbers, share) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length === 0) return NaN;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}

/** Calls `task` with the elements in turn, again and again: neighbours in time are what is compared. */
export async function interleaved(rounds, elements, task) {
  const results = new Map(elements.map((element) => [element, []]));
  for (let round = 0; round < rounds; round += 1) {
    // Every second round the other way: whoever comes after an expensive neighbour has no fixed place.
    const order = round % 2 === 0 ? elements : elements.toReversed();
    for (const element of order) results.get(element).push(await task(element, round));
  }
  return results;
}
