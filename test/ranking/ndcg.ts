/** How telling a place is: the first most, each further one less. */
const discount = (place: number): number => 1 / Math.log2(place + 2);

const gain = (grade: number): number => 2 ** grade - 1;

/**
 * How good a ranking is, from 0 to 1: the grades of the first `depth` answers, discounted by place,
 * in proportion to the best order of everything that was judged (Järvelin and Kekäläinen, 2002).
 * `judged` are the grades of all that could have been answered; one of them has to be above 0.
 */
export function ndcg(answered: readonly number[], judged: readonly number[], depth = 10): number {
  const ideal = judged.toSorted((one, other) => other - one);
  const best = dcg(ideal, depth);
  if (best === 0) throw new TypeError('nothing that was judged is relevant');
  return dcg(answered, depth) / best;
}

function dcg(grades: readonly number[], depth: number): number {
  return grades
    .slice(0, depth)
    .reduce((sum, grade, place) => sum + gain(grade) * discount(place), 0);
}
