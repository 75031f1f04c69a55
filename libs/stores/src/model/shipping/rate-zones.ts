import type { PostalCodeRange, RateArea, RateZone } from './shipping-method.js';

/** Where a parcel goes, as far as rates depend on it. */
export interface ParcelPlace {
  readonly country: string;
  /** As people write it. */
  readonly postalCode: string;
}

/**
 * The zone of a place: one that names its postal code before one that names its country before the one
 * without areas. Two zones of one method name nothing in common, so their order decides nothing.
 */
export function rateZoneOf(zones: readonly RateZone[], place: ParcelPlace): RateZone | undefined {
  const code = normalPostalCode(place.postalCode);
  const here = (area: RateArea): boolean => area.country === place.country;
  return (
    zones.find(({ areas }) =>
      areas.some((area) => here(area) && area.postalCodes !== null && isIn(area.postalCodes, code)),
    ) ??
    zones.find(({ areas }) => areas.some((area) => here(area) && area.postalCodes === null)) ??
    zones.find(({ areas }) => areas.length === 0)
  );
}

/** Whether a place could be in both; a whole country and a part of it are not: the part goes first. */
export function areasOverlap(one: RateArea, other: RateArea): boolean {
  if (one.country !== other.country) return false;
  const [a, b] = [one.postalCodes, other.postalCodes];
  if (a === null || b === null) return a === b;
  const length = Math.min(a.from.length, b.from.length);
  const cut = ({ from, to }: PostalCodeRange) => [from.slice(0, length), to.slice(0, length)];
  const [aFrom = '', aTo = ''] = cut(a);
  const [bFrom = '', bTo = ''] = cut(b);
  return aFrom <= bTo && bFrom <= aTo;
}

/** Without the spaces and dashes that are written in some countries. */
export function normalPostalCode(text: string): string {
  return text.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');
}

function isIn({ from, to }: PostalCodeRange, code: string): boolean {
  if (code.length < from.length) return false;
  const start = code.slice(0, from.length);
  return from <= start && start <= to;
}
