/**
 * Splits `amount` in proportion to `weights` by the largest remainder: the parts are integers, add up to
 * the amount exactly, and of equal remainders the earlier part gets the unit that is left. No part
 * exceeds its weight as long as the amount does not exceed their sum.
 *
 * Throws a RangeError for a negative amount or weight, and when there is an amount but no weight.
 * Source: the Hamilton method, https://en.wikipedia.org/wiki/Quota_method
 */
export function allocate(amount: number, weights: readonly number[]): number[] {
  if (amount < 0 || weights.some((weight) => weight < 0)) throw new RangeError('negative');
  const total = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  if (amount === 0) return weights.map(() => 0);
  if (total === 0n) throw new RangeError('nothing to allocate to');
  const shares = weights.map((weight, index) => {
    const product = BigInt(amount) * BigInt(weight);
    return { index, part: Number(product / total), remainder: product % total };
  });
  const parts = shares.map(({ part }) => part);
  let left = amount - parts.reduce((sum, part) => sum + part, 0);
  const byRemainder = shares.sort((a, b) =>
    a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1,
  );
  for (const { index } of byRemainder) {
    if (left === 0) break;
    parts[index] = (parts[index] as number) + 1;
    left -= 1;
  }
  return parts;
}
