/** What bodies can be coded with; the first one is taken where a client likes both alike. */
export const CONTENT_CODINGS = ['br', 'gzip'] as const;
export type ContentCoding = (typeof CONTENT_CODINGS)[number];

/** What a client makes of an answer's codings. */
export interface CodingChoice {
  /** undefined: it is sent as it is. */
  readonly coding: ContentCoding | undefined;
  /** The client does not take a body as it is (`identity;q=0`): also a small one is coded. */
  readonly isForced: boolean;
}

const AS_IT_IS: CodingChoice = { coding: undefined, isForced: false };
const ELEMENT = /^([!#$%&'*+\-.^_`|~\w]+)(?:\s*;\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?$/iu;
/** Clients send a few different ones; what is longer or comes on top is read each time. */
const MAX_REMEMBERED = 200;
const MAX_REMEMBERED_LENGTH = 100;

const remembered = new Map<string, CodingChoice>();

/**
 * Reads Accept-Encoding (RFC 9110 12.5.3): the acceptable coding with the highest weight. Without the header,
 * with nothing acceptable in it, or where the client prefers it, the body is sent as it is; an element that
 * is malformed counts as absent.
 */
export function chooseCoding(header: string | readonly string[] | undefined): CodingChoice {
  if (header === undefined) return AS_IT_IS;
  const text = typeof header === 'string' ? header : header.join(',');
  const known = remembered.get(text);
  if (known !== undefined) return known;
  const choice = read(text);
  if (remembered.size < MAX_REMEMBERED && text.length <= MAX_REMEMBERED_LENGTH) {
    remembered.set(text, choice);
  }
  return choice;
}

function read(text: string): CodingChoice {
  const weights = new Map<string, number>();
  for (const element of text.split(',')) {
    const [, name, weight = '1'] = ELEMENT.exec(element.trim()) ?? [];
    if (name !== undefined) weights.set(name.toLowerCase().replace(/^x-/u, ''), Number(weight));
  }
  const others = weights.get('*');
  const [best, weight] = heaviest(weights, others ?? 0);
  const identity = weights.get('identity') ?? (others === 0 ? 0 : undefined);
  // What says nothing of identity takes it, and likes it least.
  if (best === undefined || weight < (identity ?? 0)) return AS_IT_IS;
  return { coding: best, isForced: identity === 0 };
}

function heaviest(
  weights: ReadonlyMap<string, number>,
  others: number,
): readonly [ContentCoding | undefined, number] {
  let best: ContentCoding | undefined;
  let most = 0;
  for (const coding of CONTENT_CODINGS) {
    const weight = weights.get(coding) ?? others;
    if (weight <= most) continue;
    best = coding;
    most = weight;
  }
  return [best, most];
}
