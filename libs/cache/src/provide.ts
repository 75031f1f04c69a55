import type { FactoryProvider, InjectionToken } from '@nestjs/common';

/** The token of a port, which knows what it stands for. */
export type PortToken<Port> = symbol & { readonly port?: Port };

type Given<Token> = Token extends { readonly prototype: infer Instance }
  ? Instance
  : Token extends PortToken<infer Port>
    ? Port
    : never;

type GivenAll<Tokens extends readonly unknown[]> = {
  readonly [Index in keyof Tokens]: Given<Tokens[Index]>;
};

/** A provider whose factory gets what the tokens stand for: each dependency is named once, its type follows. */
export function provide<Token, const Needs extends readonly unknown[]>(
  token: Token,
  needs: Needs,
  useFactory: (...given: GivenAll<Needs>) => Given<Token> | Promise<Given<Token>>,
): FactoryProvider {
  const inject = needs as unknown as InjectionToken[];
  return { provide: token as InjectionToken, inject, useFactory };
}
