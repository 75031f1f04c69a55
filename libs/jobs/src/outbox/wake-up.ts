/** One sleeper that can be woken. A call while it is awake makes the next sleep end at once. */
export class WakeUp {
  private isRung = false;
  private end: (() => void) | undefined;

  ring(): void {
    this.isRung = true;
    this.end?.();
  }

  /** Resolves after `ms`, or as soon as it is rung. */
  async sleep(ms: number): Promise<void> {
    if (!this.isRung) {
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.end = resolve;
        timer = setTimeout(resolve, ms);
      });
      clearTimeout(timer);
      this.end = undefined;
    }
    this.isRung = false;
  }
}
