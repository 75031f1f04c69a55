import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeMessage, encodeMessage, messageStart } from './wire.js';

describe('wire', () => {
  it('decodes what it encodes', () => {
    const message = fc.record({
      origin: fc.string(),
      invalidations: fc.array(
        fc.record({ position: fc.integer({ min: 1 }), tags: fc.array(fc.string()) }),
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

  it('does not understand another version or anything else', () => {
    expect(decodeMessage('{"v":2,"o":"x","i":[]}')).toBeUndefined();
    fc.assert(fc.property(fc.string(), (text) => decodeMessage(text) === undefined));
    fc.assert(fc.property(fc.json(), (text) => decodeMessage(text) === undefined));
  });
});
