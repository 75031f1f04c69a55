export interface JestSummary {
  readonly passed: number;
  readonly failures: readonly { readonly name: string; readonly detail: string }[];
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
}
export declare function readJestReport(file: string): JestSummary | undefined;
