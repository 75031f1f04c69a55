type Method = (this: Instance, ...parameters: never[]) => unknown;
/** An instance seen without its types: a mutant may touch what is private. */
export type Instance = Record<string, unknown>;
export type Call = (...parameters: unknown[]) => unknown;

/**
 * Puts another method in the place of one of a production class, and returns the function that puts
 * the original back. Throws when there is no such method, so that a mutant can't become a no-op.
 */
export function replaceMethod(
  { prototype }: { readonly prototype: object },
  name: string,
  make: (instance: Instance, original: Call) => Call,
): () => void {
  const methods = prototype as Record<string, Method>;
  const original = methods[name];
  if (typeof original !== 'function') throw new Error(`no method ${name} to replace`);
  methods[name] = function (this: Instance, ...parameters: never[]): unknown {
    const callOriginal: Call = (...others) => original.apply(this, others as never[]);
    return make(this, callOriginal)(...parameters);
  };
  return () => {
    methods[name] = original;
  };
}

/** Does nothing at all. */
export const nothing = (): Call => (): undefined => undefined;

export function methodOf(instance: unknown, name: string): Call {
  const method = (instance as Record<string, Call | undefined>)[name];
  if (method === undefined) throw new Error(`no method ${name} to call`);
  return method.bind(instance);
}
