export interface GroupOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly shell?: boolean;
  readonly limitMs: number;
  readonly isLimitOfSilence?: boolean;
  readonly onLine: (line: string) => void;
}
export declare function runGroup(
  program: string,
  args: readonly string[],
  options: GroupOptions,
): Promise<{ readonly code: number | null; readonly isTimedOut: boolean }>;
export declare function endGroups(): Promise<void>;
