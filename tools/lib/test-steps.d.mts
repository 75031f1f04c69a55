export interface TestStep {
  readonly name: string;
  /** Of package.json; a step without one builds, or is a project of Jest. */
  readonly script?: string;
}

/** The steps of these names, all of them for no name; RangeError for a name that no step has. */
export declare function chooseSteps(names: readonly string[]): readonly TestStep[];
