/** A text in the languages of the demo shop. */
export interface DemoText {
  readonly en: string;
  readonly de: string;
}

export type DemoFacts = Readonly<Record<string, string | number | boolean>>;

/** One sort of part; every brand of the department makes one. */
export interface DemoKind {
  readonly name: DemoText;
  readonly text: DemoText;
  /** In euro cents, of the first option value, before the brand's factor. */
  readonly priceMinor: number;
  readonly facts: DemoFacts;
}

export interface DemoOptionValue {
  readonly value: string;
  /** What the price and the weight of the first value are multiplied with. */
  readonly factor: number;
}

/** A category at the bottom of the tree and what is in it. */
export interface DemoFamily {
  readonly slug: string;
  readonly name: DemoText;
  /** Beginning of the SKUs. */
  readonly code: string;
  /** Name of the line of each brand of the department, in the order of the brands. */
  readonly series: readonly string[];
  readonly option: { readonly name: string; readonly values: readonly DemoOptionValue[] };
  readonly grams: number;
  readonly kinds: readonly DemoKind[];
  /** Families whose products go together with these. */
  readonly goesWith: readonly string[];
}

export interface DemoBrand {
  readonly name: string;
  readonly code: string;
  readonly priceFactor: number;
  readonly text: DemoText;
}

/** A category at the top of the tree. */
export interface DemoDepartment {
  readonly slug: string;
  readonly name: DemoText;
  readonly brands: readonly DemoBrand[];
  readonly families: readonly DemoFamily[];
}

export function kind(
  name: readonly [en: string, de: string],
  priceMinor: number,
  facts: DemoFacts,
  text: readonly [en: string, de: string],
): DemoKind {
  return {
    name: { en: name[0], de: name[1] },
    text: { en: text[0], de: text[1] },
    priceMinor,
    facts,
  };
}

export function optionValues(...values: readonly (readonly [string, number])[]): DemoOptionValue[] {
  return values.map(([value, factor]) => ({ value, factor }));
}
