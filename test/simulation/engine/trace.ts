const { imul } = Math;
const FNV_PRIME = 0x01000193;
const FNV_START = 0x811c9dc5;

/** What happened, in order: always as a hash, as text when it is asked for. */
export class Trace {
  readonly lines: string[] = [];
  private state = FNV_START;

  constructor(private readonly isRecording: boolean) {}

  note(atMs: number, text: string): void {
    let state = imul(this.state ^ Math.round(atMs), FNV_PRIME);
    for (let index = 0; index < text.length; index += 1) {
      state = imul(state ^ text.charCodeAt(index), FNV_PRIME);
    }
    this.state = state;
    if (this.isRecording) this.lines.push(`${atMs.toFixed(0).padStart(7)} ms  ${text}`);
  }

  /** Equal for two runs in which the same happened at the same times. */
  get hash(): string {
    return (this.state >>> 0).toString(16).padStart(8, '0');
  }
}
