import { productLimits, unsafeText, type RuleBreach } from '#libs/kernel';

/** What staff do to the stock of a variant. Locations are named by their codes. */
export type StockMovementRequest =
  | { readonly kind: 'receipt'; readonly location: string; readonly quantity: number }
  /** What is there, whatever was thought to be. */
  | { readonly kind: 'count'; readonly location: string; readonly counted: number }
  | {
      readonly kind: 'transfer';
      readonly from: string;
      readonly to: string;
      readonly quantity: number;
    };

export const movementLimits = {
  quantity: productLimits.onHand,
  referenceLength: 200,
  codeLength: 60,
  nameLength: 200,
  /** Of the order in which locations are sold from; it begins with 1. */
  salePriority: 1_000,
} as const;

const CODE = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** What is wrong with a movement. */
export function movementBreaches(request: StockMovementRequest, reference: string): RuleBreach[] {
  const breaches: RuleBreach[] = [];
  const check = (isRight: boolean, path: string, message: string): void => {
    if (!isRight) breaches.push({ path, message });
  };
  const isWithin = (value: number, least: number): boolean =>
    Number.isSafeInteger(value) && value >= least && value <= movementLimits.quantity;
  if (request.kind === 'count') check(isWithin(request.counted, 0), 'counted', 'from 0');
  else check(isWithin(request.quantity, 1), 'quantity', 'from 1');
  if (request.kind === 'transfer') check(request.from !== request.to, 'to', 'another location');
  const { referenceLength } = movementLimits;
  const isText = reference.length > 0 && reference.length <= referenceLength;
  check(isText && unsafeText(reference) === undefined, 'reference', `up to ${referenceLength}`);
  return breaches;
}

/** What staff say of a location. */
export interface LocationContent {
  readonly name: string;
  /** In which order it is sold from, the lowest first; null: nothing is sold from it. */
  readonly salePriority: number | null;
}

/** What is wrong with a location. */
export function locationBreaches(
  code: string,
  { name, salePriority }: LocationContent,
): RuleBreach[] {
  const { codeLength, nameLength, salePriority: last } = movementLimits;
  const breaches: RuleBreach[] = [];
  if (code.length > codeLength || !CODE.test(code)) {
    breaches.push({ path: 'code', message: 'lower-case letters, digits and dashes' });
  }
  if (name.length === 0 || name.length > nameLength || unsafeText(name) !== undefined) {
    breaches.push({ path: 'name', message: `1 to ${nameLength} characters that can be seen` });
  }
  const isPriority =
    salePriority === null ||
    (Number.isSafeInteger(salePriority) && salePriority >= 1 && salePriority <= last);
  if (!isPriority) breaches.push({ path: 'salePriority', message: `1 to ${last}` });
  return breaches;
}
