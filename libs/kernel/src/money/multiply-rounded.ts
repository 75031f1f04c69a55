/** `amount * numerator / denominator`, exact, rounded half away from zero. The denominator is positive. */
export function multiplyRounded(amount: number, numerator: number, denominator: number): number {
  const product = BigInt(amount) * BigInt(numerator);
  const divisor = BigInt(denominator);
  const magnitude = product < 0n ? -product : product;
  const rounded = Number((2n * magnitude + divisor) / (2n * divisor));
  return product < 0n && rounded !== 0 ? -rounded : rounded;
}
