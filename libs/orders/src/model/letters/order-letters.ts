import type { Address } from '#libs/kernel';
import type { LetterBlock, MailLanguage } from '#libs/mail';
import type { LineQuantity } from '../fulfilment/line-progress.js';
import type { Shipment } from '../fulfilment/shipment.js';
import type { Order } from '../order.js';
import { amountText, dayText, orderWords, rateText } from './order-words.js';

/** A letter about an order before it is written. */
export interface OrderLetter {
  readonly subject: string;
  readonly blocks: readonly LetterBlock[];
}

export interface LetterContext {
  readonly language: MailLanguage;
  readonly storeName: string;
  /** Where the shopper sees the order; undefined when the shop has no pages. */
  readonly link: string | undefined;
  /** What a letter about a parcel is about. */
  readonly shipment?: Shipment | undefined;
  /** What a letter about a delay is about. */
  readonly delayed?: readonly LineQuantity[];
  /** What of a changed order still has to be paid, beside what was; in minor units. */
  readonly balanceMinor?: number;
}

/** What was ordered, for how much, and where it goes. Pure. */
export function confirmationLetter(order: Order, context: LetterContext): OrderLetter {
  const words = orderWords(context.language);
  return letter(order, context, [
    { kind: 'paragraph', text: words.thanks },
    ...(order.awaits === 'confirmation'
      ? [{ kind: 'paragraph' as const, text: words.checking }]
      : []),
    ...agreedBlocks(order, context.language),
  ]);
}

/** What an order consists of once staff have changed it. Pure. */
export function changeLetter(order: Order, context: LetterContext): OrderLetter {
  const { language, balanceMinor = 0 } = context;
  const { changed, balanceDue } = orderWords(language);
  const balance = `${balanceDue} ${amountText(balanceMinor, order.currency, language)}`;
  return letter(order, context, [
    { kind: 'paragraph', text: changed },
    ...agreedBlocks(order, language),
    ...(balanceMinor > 0 ? [{ kind: 'paragraph' as const, text: balance }] : []),
  ]);
}

/** What is on its way, and with whom; or what can be fetched. Pure. */
export function shipmentLetter(order: Order, context: LetterContext): OrderLetter {
  const { language, shipment } = context;
  const words = orderWords(language);
  const rows = pieceRows(order, shipment?.items ?? []);
  const carried = [shipment?.carrier ?? '', shipment?.trackingNumber ?? ''].join(' ').trim();
  const url = shipment?.trackingUrl ?? null;
  return letter(order, context, [
    { kind: 'paragraph', text: isFetched(order) ? words.ready : words.shipped },
    { kind: 'table', rows },
    ...(carried === '' ? [] : [{ kind: 'lines' as const, lines: [carried] }]),
    ...(url === null ? [] : [{ kind: 'link' as const, label: words.tracking, url }]),
    { kind: 'lines', lines: placeLines(order, language) },
  ]);
}

/** What there is too little of, and what may be done about it. Pure. */
export function delayLetter(order: Order, context: LetterContext): OrderLetter {
  const words = orderWords(context.language);
  return letter(order, context, [
    { kind: 'paragraph', text: words.delayed },
    { kind: 'table', rows: pieceRows(order, context.delayed ?? []) },
    { kind: 'paragraph', text: words.meanwhile },
  ]);
}

/** That nothing of an order is delayed any more. Pure. */
export function availableLetter(order: Order, context: LetterContext): OrderLetter {
  return letter(order, context, [
    { kind: 'paragraph', text: orderWords(context.language).available },
  ]);
}

/** That nothing more of an order will come. Pure. */
export function cancellationLetter(order: Order, context: LetterContext): OrderLetter {
  return letter(order, context, [
    { kind: 'paragraph', text: orderWords(context.language).cancelled },
  ]);
}

function agreedBlocks(order: Order, language: MailLanguage): LetterBlock[] {
  const billedTo = orderWords(language).billingAddress;
  return [
    { kind: 'table', rows: itemRows(order, language) },
    { kind: 'table', rows: sumRows(order, language) },
    { kind: 'lines', lines: placeLines(order, language) },
    { kind: 'lines', lines: [billedTo, ...addressLines(order.billingAddress)] },
  ];
}

function isFetched({ shipping }: Order): boolean {
  return (shipping.pickUpLocation ?? null) !== null;
}

/** Where the goods are handed over. */
function placeLines(order: Order, language: MailLanguage): string[] {
  const words = orderWords(language);
  const heading = isFetched(order) ? words.pickUpAddress : words.shippingAddress;
  return [heading, ...addressLines(order.shippingAddress)];
}

function letter(
  order: Order,
  { language, storeName, link }: LetterContext,
  blocks: readonly LetterBlock[],
): OrderLetter {
  const words = orderWords(language);
  const title = `${words.order} ${order.number}`;
  return {
    subject: `${storeName}: ${title}`,
    blocks: [
      { kind: 'heading', text: title },
      { kind: 'paragraph', text: `${words.orderedOn} ${dayText(order.placedAt, language)}` },
      ...blocks,
      ...(link === undefined ? [] : [{ kind: 'link' as const, label: words.look, url: link }]),
      { kind: 'paragraph', text: storeName },
    ],
  };
}

function pieceRows(order: Order, items: readonly LineQuantity[]): string[][] {
  return items.map(({ line, quantity }) => {
    const { name = '', optionValues = [] } = order.lines[line - 1] ?? {};
    return [`${quantity} ×`, [name, ...optionValues].join(', ')];
  });
}

/** Quantity, name and total of each line. */
export function itemRows(order: Order, language: MailLanguage): string[][] {
  return order.lines.map((line) => [
    `${line.quantity} ×`,
    [line.name, ...line.optionValues].join(', '),
    amountText(line.totalMinor, order.currency, language),
  ]);
}

/** What adds up to the total; a discount and taxes only where there are some. */
export function sumRows(order: Order, language: MailLanguage): string[][] {
  const words = orderWords(language);
  const { currency, discountMinor } = order;
  const row = (label: string, minor: number) => [label, amountText(minor, currency, language)];
  return [
    row(words.subtotal, order.subtotalMinor),
    ...(discountMinor === 0 ? [] : [row(words.discount, -discountMinor)]),
    row(`${words.shipping} (${order.shipping.name})`, order.shippingMinor),
    ...order.taxes.map((tax) =>
      row(`${words.tax} ${tax.name} ${rateText(tax.ratePpm, language)} %`, tax.amountMinor),
    ),
    row(words.total, order.totalMinor),
  ];
}

export function addressLines(address: Address): string[] {
  const { name, company, street, street2, postalCode, city, region, country } = address;
  const place = [`${postalCode} ${city}`, region].filter((part) => part !== null).join(', ');
  return [name, company, street, street2, place, country].filter((line) => line !== null);
}
