export interface Standstill {
  readonly fromMs: number;
  readonly toMs: number;
}
export declare class Standstills {
  constructor(options?: { readonly tickMs?: number; readonly longerThanMs?: number });
  since(ms: number): readonly Standstill[];
}
