export declare const REDIS_SERVER_VARIABLE: 'LOCKSTEP_REDIS_SERVER';
export interface RedisBinary {
  readonly server: string;
  readonly cli: string | undefined;
  readonly version: string;
}
export declare function findRedisBinary(options?: {
  readonly env?: NodeJS.ProcessEnv;
  readonly log?: (line: string) => void;
}): Promise<RedisBinary>;
