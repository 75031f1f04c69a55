/** What staff say about the facet of an attribute. */
export type FacetSetting = { readonly code: string } & (
  | {
      /** Most frequent values first, or by what they say in the language of the shopper. */
      readonly show: 'by-count' | 'by-value';
    }
  | {
      /** In the order of `values`; what is not among them behind, most frequent first. */
      readonly show: 'as-listed';
      readonly values: readonly string[];
    }
  /** Products can be filtered by it all the same. */
  | { readonly show: 'never' }
);

/** The facets of a store that staff say something about, in the order in which they are shown; others follow by code. */
export interface FacetSettings {
  readonly attributes: readonly FacetSetting[];
}

/** As they are stored; version 0 is what was never changed. */
export interface StoredFacetSettings {
  readonly content: FacetSettings;
  readonly version: number;
}

export const NO_FACET_SETTINGS: FacetSettings = { attributes: [] };

export const facetLimits = {
  /** Attributes that something is said about. */
  attributes: 100,
  /** Listed values, of all attributes together: as many as facets show. */
  values: 1_000,
  /** Characters, as in products. */
  code: 64,
  value: 200,
} as const;
