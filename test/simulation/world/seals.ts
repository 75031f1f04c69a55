import { AnnouncementSeal } from '../../../libs/cache/src/core/publishing/announcement-seal.js';
import {
  decodeMessage,
  encodeMessage,
  type InvalidationMessage,
} from '../../../libs/cache/src/core/publishing/wire.js';
import { tagOf } from './settings.js';

const installation = {
  id: '00000000-0000-4000-8000-000000000001',
  announcementKey: '11'.repeat(32),
};
/** The origin of what a fleet on a restored copy of the database says. */
export const COPY = 'restored copy';
/** Of another database with the same prefix. */
const otherInstallation = {
  id: '00000000-0000-4000-8000-000000000002',
  announcementKey: '22'.repeat(32),
};

export function sealOf(replica: string): AnnouncementSeal {
  return new AnnouncementSeal(installation, replica);
}

export const foreignSeal = new AnnouncementSeal(otherInstallation, 'elsewhere');

/** Knows which installation it is and not the key. */
export const forgedSeal = new AnnouncementSeal(
  { ...installation, announcementKey: otherInstallation.announcementKey },
  'stranger',
);

/** A database that was restored beside the original knows its key. */
export const copiedSeal = sealOf(COPY);

/** Of this installation, in words of a later release. */
export const UNKNOWN_MESSAGE = copiedSeal.seal('changes in words of a later release', 99);

/** Of the restored copy, for the first position, which is committed there and not yet here. */
export const EARLY_MESSAGE = copiedSeal.seal(
  encodeMessage({
    origin: COPY,
    invalidations: [{ position: 1, tags: [tagOf('p0')], committedAt: 1 }],
    isIncomplete: false,
  }),
);

const reading = sealOf('nobody');

/** undefined: nothing that a replica listens to. */
export function openMessage(text: string): InvalidationMessage | undefined {
  const opened = reading.open(text);
  return opened.kind === 'message' ? decodeMessage(opened.body) : undefined;
}

export function isUnknownVersion(text: string): boolean {
  return reading.open(text).kind === 'unknown version';
}
