/** How well a term answers a word, by how it comes to do so: up to 100. */
export const qualities = {
  exact: 100,
  joined: 95,
  stem: 80,
  synonym: 75,
  typed: 60,
  beginning: 35,
  oneEdit: 30,
  twoEdits: 15,
} as const;

export type WayOfAnswer = keyof typeof qualities;

/** The way of each quality: no two are worth the same. */
export const waysOfQuality: ReadonlyMap<number, WayOfAnswer> = new Map(
  Object.entries(qualities).map(([way, quality]) => [quality, way as WayOfAnswer]),
);
