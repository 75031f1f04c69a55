import { expect, it } from '@jest/globals';
import { z } from 'zod';
import { Answers } from './answers.js';

const named = z.object({ name: z.string(), tags: z.array(z.string()) });
const tags: readonly string[] = [];

it('does not compile for a route that answers something else than its schema says', () => {
  class Routes {
    @Answers(200, named, 'As it is held: a shared value that must not change.')
    right() {
      return Promise.resolve({ name: 'a', tags });
    }

    @Answers(200, named, 'At once.')
    atOnce() {
      return { name: 'a', tags };
    }

    @Answers(204, undefined, 'Nothing.')
    nothing() {}

    // @ts-expect-error a field is missing
    @Answers(200, named, 'Too little.')
    lacking() {
      return Promise.resolve({ name: 'a' });
    }

    // @ts-expect-error a field has another type
    @Answers(200, named, 'Of another type.')
    mistaken() {
      return Promise.resolve({ name: 1, tags });
    }

    // @ts-expect-error an object may be anything
    @Answers(200, named, 'Undeclared.')
    undeclared(): Promise<object> {
      return Promise.resolve({ name: 'a', tags });
    }
  }
  expect(new Routes()).toBeDefined();
});
