import { allocate, multiplyRounded } from '#libs/kernel';
import type { BasketLine } from './basket.js';
import type { LineMatcher } from './line-matcher.js';
import type { PromotionReward } from './promotion.js';

/** A line with what earlier promotions have left of it. */
export interface OpenLine extends BasketLine {
  readonly leftMinor: number;
}

export interface RewardAmounts {
  /** One for each line, in their order. */
  readonly ofLines: readonly number[];
  readonly ofShipping: number;
}

const WHOLE_PPM = 1_000_000;

/**
 * What a reward takes off; never more than is left of a line or of the shipping. `isMeant` says which
 * lines it is about.
 */
export function rewardAmounts(
  reward: PromotionReward,
  isMeant: LineMatcher,
  lines: readonly OpenLine[],
  shippingLeftMinor: number,
): RewardAmounts {
  if (reward.kind === 'shipping') {
    const ofShipping = percentOf(shippingLeftMinor, reward.percentPpm);
    return { ofLines: lines.map(() => 0), ofShipping };
  }
  return { ofLines: lineAmounts(reward, isMeant, lines), ofShipping: 0 };
}

function lineAmounts(
  reward: Exclude<PromotionReward, { kind: 'shipping' }>,
  isMeant: LineMatcher,
  lines: readonly OpenLine[],
): number[] {
  const left = lines.map((line) => (isMeant(line) ? line.leftMinor : 0));
  switch (reward.kind) {
    case 'percent': {
      const wanted = percentOf(sum(left), reward.percentPpm);
      return allocate(Math.min(wanted, reward.atMostMinor ?? wanted), left);
    }
    case 'amount':
      return allocate(Math.min(reward.amountMinor, sum(left)), left);
    case 'tiers':
      return allocate(percentOf(sum(left), percentOfTier(reward, isMeant, lines)), left);
    case 'item-free':
      return freePieces(reward.quantity, isMeant, lines);
    case 'buy-get':
      return cheapestPieces(reward, isMeant, lines);
  }
}

/** The tier follows the price before any promotion, so that another promotion does not lower it. */
function percentOfTier(
  { tiers }: Extract<PromotionReward, { kind: 'tiers' }>,
  isMeant: LineMatcher,
  lines: readonly OpenLine[],
): number {
  const priceMinor = sum(
    lines.map((line) => (isMeant(line) ? line.quantity * line.unitPriceMinor : 0)),
  );
  let best = { fromMinor: 0, percentPpm: 0 };
  for (const tier of tiers) {
    if (tier.fromMinor <= priceMinor && tier.fromMinor >= best.fromMinor) best = tier;
  }
  return best.percentPpm;
}

function freePieces(quantity: number, isMeant: LineMatcher, lines: readonly OpenLine[]): number[] {
  let open = quantity;
  return lines.map((line) => {
    if (!isMeant(line)) return 0;
    const pieces = Math.min(open, line.quantity);
    open -= pieces;
    return leftOfPieces(line, pieces);
  });
}

function cheapestPieces(
  reward: Extract<PromotionReward, { kind: 'buy-get' }>,
  isMeant: LineMatcher,
  lines: readonly OpenLine[],
): number[] {
  const meant = lines.map((line, index) => ({ line, index })).filter(({ line }) => isMeant(line));
  const pieces = sum(meant.map(({ line }) => line.quantity));
  let open = Math.floor(pieces / (reward.buy + reward.get)) * reward.get;
  const amounts = lines.map(() => 0);
  const cheapestFirst = meant.sort(
    (a, b) => a.line.unitPriceMinor - b.line.unitPriceMinor || a.index - b.index,
  );
  for (const { line, index } of cheapestFirst) {
    const taken = Math.min(open, line.quantity);
    open -= taken;
    amounts[index] = percentOf(leftOfPieces(line, taken), reward.percentPpm);
  }
  return amounts;
}

/** What earlier promotions have left of some pieces of a line: their share, never the whole line's. */
function leftOfPieces({ leftMinor, quantity }: OpenLine, pieces: number): number {
  return multiplyRounded(leftMinor, pieces, quantity);
}

function percentOf(amountMinor: number, percentPpm: number): number {
  return multiplyRounded(amountMinor, percentPpm, WHOLE_PPM);
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
