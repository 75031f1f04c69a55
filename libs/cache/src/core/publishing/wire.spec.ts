import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeMessage, encodeMessage, messageStart } from './wire.js';

describe('wire', () => {
  it('decodes what it encodes', () => {
    const message = fc.record({
      origin: fc.string(),
      invalidations: fc.array(
        fc.record({
          position: fc.integer({ min: 1 }),
          tags: fc.array(fc.string()),
          committedAt: fc.nat(),
        }),
      ),
      isIncomplete: fc.boolean(),
    });
    fc.assert(
      fc.property(message, (value) => {
        expect(decodeMessage(encodeMessage(value))).toEqual(value);
      }),
    );
  });

  it('begins with the origin, and with no other', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (origin, other) => {
        const text = encodeMessage({ origin, invalidations: [], isIncomplete: true });
        expect(text.startsWith(messageStart(origin))).toBe(true);
        expect(text.startsWith(messageStart(other))).toBe(other === origin);
      }),
    );
  });

  it.each([
    'null',
    '{}',
    '{"o":"x"}',
    '{"o":1,"i":[]}',
    '{"o":"x","i":[1]}',
    '{"o":"x","i":[[1,["a"]]]}',
    '{"o":"x","i":[[0,1,["a"]]]}',
    '{"o":"x","i":[[1,"2",["a"]]]}',
    '{"o":"x","i":[[1,2,[3]]]}',
    '{"o":"x","i":[[1,2,["a"],4]]}',
  ])('does not understand %s', (text) => {
    expect(decodeMessage(text)).toBeUndefined();
  });

  it('does not understand anything else', () => {
    fc.assert(fc.property(fc.string(), (text) => decodeMessage(text) === undefined));
    fc.assert(fc.property(fc.json(), (text) => decodeMessage(text) === undefined));
  });
});
