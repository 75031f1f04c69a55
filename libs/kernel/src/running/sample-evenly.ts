/**
 * Answers true for `share` of its calls, evenly: each tenth for 0.1. Counted rather than drawn, so that a share is
 * what it says for few calls too.
 */
export function sampleEvenly(share: number): () => boolean {
  let due = 0;
  return () => {
    due += share;
    // Sums of shares such as 0.1 fall a little short of whole numbers.
    if (due < 1 - 1e-9) return false;
    due -= 1;
    return true;
  };
}
