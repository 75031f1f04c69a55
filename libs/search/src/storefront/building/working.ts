/** What a thread says first, and while an answer takes it long: so it is known not to hang. */
export const WORKING = 'working';
export type Working = typeof WORKING;
