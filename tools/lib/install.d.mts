import type { Machine } from './this-machine.mjs';
export declare function ensureInstalled(options?: {
  readonly root?: string;
  readonly machine?: Machine;
}): Promise<void>;
export declare function installHints(output: string, root: string): readonly string[];
