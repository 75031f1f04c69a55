/** Where something is sent, or who pays for it. */
export interface Address {
  readonly name: string;
  readonly company: string | null;
  readonly street: string;
  readonly street2: string | null;
  readonly postalCode: string;
  readonly city: string;
  /** The second part of an ISO 3166-2 code, such as `CA`. */
  readonly region: string | null;
  /** ISO 3166-1, such as `DE`. */
  readonly country: string;
  readonly phone: string | null;
}

/** ISO 3166-1 alpha-2, by its form: the list of countries changes. */
export const COUNTRY_CODE = /^[A-Z]{2}$/;
