/** Present already, or on its way. */
export type MaybePromise<T> = T | Promise<T>;
