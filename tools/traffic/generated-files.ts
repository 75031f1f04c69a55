/** Texts by their path below the configuration directory. */
export type GeneratedFiles = ReadonlyMap<string, string>;

export interface ServerOptions {
  /** `address:port`, where the DNS server answers. */
  readonly listen: string;
  /** The configuration directory, for servers that want whole paths. */
  readonly directory: string;
  readonly now: Date;
}
