/** A file that holds no index of the store, or not one that can be gone on with; the message says why. */
export class UnusableFile extends Error {}
