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

/** Sorted by message: they may overtake each other, so their order means nothing. */
export function withOne(
  messages: readonly InFlight[],
  message: Interned<Message>,
): readonly InFlight[] {
  const index = messages.findIndex((flight) => flight.message === message);
  const present = messages[index];
  if (present !== undefined) return messages.with(index, { message, copies: present.copies + 1 });
  return [...messages, { message, copies: 1 }].sort(
    (one, other) => one.message.id - other.message.id,
  );
}

export function withoutOne(messages: readonly InFlight[], index: number): readonly InFlight[] {
  const present = messages[index];
  if (present === undefined) throw new RangeError('no such message');
  if (present.copies === 1) return messages.toSpliced(index, 1);
  return messages.with(index, { ...present, copies: present.copies - 1 });
}
