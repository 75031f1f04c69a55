export interface Gate<T = void> {
  /** Resolves when the gate is opened, rejects when it is broken. */
  readonly opened: Promise<T>;
  readonly isOpen: boolean;
  open(value: T): void;
  break(reason: Error): void;
}

/** A promise that the test settles, to hold a race at one point until the other side has got where the test wants it. */
export function gate<T = void>(): Gate<T> {
  let isOpen = false;
  let open: (value: T) => void = () => undefined;
  let fail: (reason: Error) => void = () => undefined;
  const opened = new Promise<T>((resolve, reject) => {
    open = resolve;
    fail = reject;
  });
  // A gate that is broken after everybody left is not an unhandled rejection.
  opened.catch(() => undefined);
  return {
    opened,
    get isOpen() {
      return isOpen;
    },
    open: (value) => {
      isOpen = true;
      open(value);
    },
    break: fail,
  };
}
