import type { JsonObject, JsonValue } from '#libs/kernel';

/** A notification as it is stored; `GET /notifications` answers the same. */
export interface NotificationEvent {
  /** Cursor of `GET /notifications?after=`: greater means later. */
  readonly id: number;
  readonly type: string;
  readonly payload: JsonObject;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
}

export interface JobProgressEvent {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly progress: JsonObject;
}

export interface ResyncEvent {
  readonly reason: 'link-restored';
}

export interface SessionEndedEvent {
  /** The code of the problem that a request with the credential is answered with. */
  readonly code: string;
}

/** Something a shopper watches, as it is now. */
export interface WatchedThing {
  readonly kind: string;
  readonly id: string;
  /** null: it is not there, or not theirs (any more), and no longer watched. */
  readonly state: JsonObject | null;
}

export interface ChangedEvent {
  readonly things: readonly WatchedThing[];
}

/** What a request to watch is answered with. */
export type WatchAnswer =
  | ChangedEvent
  | { readonly error: { readonly code: string; readonly title: string; readonly status: number } };

/** What clients may say; of staff nothing is heard. */
export interface PushRequests {
  /** Watch these things, and nothing else from now on. Answered with each as it is now. */
  watch: (wanted: JsonValue, answer: (answer: WatchAnswer) => void) => void;
}

/**
 * Every event the server sends: the only place where their names are written down. All of them are hints: what they announce can be read from the API at any time.
 */
export interface PushEvents {
  /**
   * After the commit of a unit of work that recorded a notification. To its audience: the user, or
   * everybody who holds the permission, on every replica. Not sent again when it is lost.
   */
  notification: (event: NotificationEvent) => void;
  /**
   * While a job runs, at most a few times a second. To whoever asked for the job and to everybody who
   * holds `jobs:job:read`.
   */
  'job.progress': (event: JobProgressEvent) => void;
  /**
   * The replica was cut off from the others and hears them again. To every client of that replica:
   * events may have been missed, read on from the last cursor.
   */
  resync: (event: ResyncEvent) => void;
  /**
   * Things that the shopper of the connection watches are not as they were last told. At most a few
   * times a second for each connection, whatever happens meanwhile.
   */
  changed: (event: ChangedEvent) => void;
  /** The credential of the connection has ended. The server closes the connection right after it. */
  'session.ended': (event: SessionEndedEvent) => void;
}

export type PushEventName = keyof PushEvents;
export type PushEventBody<Name extends PushEventName> = Parameters<PushEvents[Name]>[0];
