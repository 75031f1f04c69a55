/** Resolves when every promise that can settle without another event has settled. */
export function settle(): Promise<void> {
  return new Promise((resolve) => {
    process.nextTick(resolve);
  });
}
