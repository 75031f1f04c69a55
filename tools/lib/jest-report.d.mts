export interface JestSummary {
  readonly passed: number;
  readonly failures: readonly { readonly name: string; readonly detail: string }[];
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
}
export declare function readJestReport(
  file: string,
  options?: { readonly without?: readonly string[] },
): JestSummary | undefined;
export declare function suitesThatFailedIn(
  file: string,
  spans: readonly { readonly fromMs: number; readonly toMs: number }[],
): string[];
