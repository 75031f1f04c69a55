import type { ReplicaName } from '../scenarios/scenario.js';
import type { Interned } from './interning.js';

export interface Message {
  readonly to: ReplicaName;
  readonly text: string;
}

/** Equal messages on their way: nobody can tell which of them arrives. */
export interface InFlight {
  readonly message: Interned<Message>;
  readonly copies: number;
}

/**
 * They may overtake each other, so their order means nothing. It is that of their texts, not of the
 * numbers they were given on the way: a place in the list means the same on every path.
 */
export function withOne(
  messages: readonly InFlight[],
  message: Interned<Message>,
): readonly InFlight[] {
  const index = messages.findIndex((flight) => flight.message === message);
  const present = messages[index];
  if (present !== undefined) return messages.with(index, { message, copies: present.copies + 1 });
  return [...messages, { message, copies: 1 }].sort((one, other) =>
    rankOf(one) < rankOf(other) ? -1 : 1,
  );
}

export function withoutOne(messages: readonly InFlight[], index: number): readonly InFlight[] {
  const present = messages[index];
  if (present === undefined) throw new RangeError('no such message');
  if (present.copies === 1) return messages.toSpliced(index, 1);
  return messages.with(index, { ...present, copies: present.copies - 1 });
}

function rankOf({ message: { to, text } }: InFlight): string {
  return `${to} ${text}`;
}
