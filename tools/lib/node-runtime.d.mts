import type { Machine } from './this-machine.mjs';
export declare const NODE_VERSION: string;
export declare function isSupported(version: string): boolean;
export declare function nodePackageOf(machine: Machine): string | undefined;
export declare function findNode(options?: {
  readonly version?: string;
  readonly parent?: string;
}): Promise<string>;
