export interface Machine {
  readonly platform: string;
  readonly arch: string;
  readonly libc: string | undefined;
}
export declare function thisMachine(): Machine;
