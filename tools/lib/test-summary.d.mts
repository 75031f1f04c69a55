import type { JestSummary } from './jest-report.mjs';

export interface SummarisedStep {
  /** Of a step that runs suites; another runs a program. */
  readonly projects?: readonly string[];
}
export declare function testSummary(
  resultOfStep: ReadonlyMap<SummarisedStep, JestSummary>,
  logFiles: string,
): { readonly lines: readonly string[]; readonly hasFailed: boolean };
export declare function toldLines(
  detail: string,
  step: SummarisedStep,
  limits: { readonly first: number; readonly last: number },
): readonly string[];
