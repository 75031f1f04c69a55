import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AnnouncementSeal } from './announcement-seal.js';
import { encodeMessage } from './wire.js';

const HERE = { id: '11111111-2222-4333-8444-555555555555', announcementKey: 'ab'.repeat(32) };
const ELSEWHERE = { ...HERE, id: '99999999-2222-4333-8444-555555555555' };
const OTHER_KEY = { ...HERE, announcementKey: 'cd'.repeat(32) };

const body = (origin: string) => encodeMessage({ origin, invalidations: [], isIncomplete: true });

describe('AnnouncementSeal', () => {
  const mine = new AnnouncementSeal(HERE, 'me');
  const others = new AnnouncementSeal(HERE, 'other');

  it('opens what another replica of the installation sealed', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(mine.open(others.seal(text))).toEqual({ kind: 'message', body: text });
      }),
    );
  });

  it('knows its own echo', () => {
    expect(mine.open(mine.seal(body('me')))).toEqual({ kind: 'own' });
    expect(mine.open(others.seal(body('other'))).kind).toBe('message');
  });

  it('knows that a message of another release is one of the installation', () => {
    expect(mine.open(others.seal('words', 9))).toEqual({ kind: 'unknown version' });
  });

  it('does not hear another installation, nor who has another key', () => {
    expect(mine.open(new AnnouncementSeal(ELSEWHERE, 'x').seal(body('x'))).kind).toBe('foreign');
    expect(mine.open(new AnnouncementSeal(OTHER_KEY, 'x').seal(body('x'))).kind).toBe('forged');
  });

  it('does not hear a message that was changed in any place', () => {
    const sealed = others.seal(body('other'));
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), fc.constantFrom('0', 'f', '{', '.'), (at, put) => {
        fc.pre(sealed[at] !== put);
        const changed = `${sealed.slice(0, at)}${put}${sealed.slice(at + 1)}`;
        expect(['foreign', 'forged', 'malformed']).toContain(mine.open(changed).kind);
      }),
    );
  });

  it('does not hear what was sealed for another use', () => {
    const inspections = new AnnouncementSeal(HERE, 'other', 'inspection');
    expect(mine.open(inspections.seal(body('other'))).kind).toBe('forged');
    expect(inspections.open(others.seal(body('me'))).kind).toBe('forged');
  });

  it('does not hear anything else', () => {
    const anything = fc.oneof(fc.string(), fc.json(), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(anything, (text) => {
        expect(mine.open(text).kind).toBe('malformed');
      }),
    );
    expect(mine.open('{"v":1,"o":"x","i":[[2,[]]]}').kind).toBe('malformed');
    const sealed = others.seal('x'.repeat(9_000_000));
    expect(mine.open(sealed).kind).toBe('malformed');
  });
});
