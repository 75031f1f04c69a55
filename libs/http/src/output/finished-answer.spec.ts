import type { ServerResponse } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { tagHeaderFor } from '#libs/cdn';
import { FinishedAnswer, type AnswerContent, type Sending } from './finished-answer.js';

const SHARED = 'public, max-age=0, s-maxage=600';
const ASKED_FOR = 'public, max-age=0, must-revalidate';

const answer = (content: Partial<AnswerContent> = {}) =>
  new FinishedAnswer({
    body: Buffer.from('{}'),
    contentType: 'application/json',
    tags: ['product:1'],
    isStale: false,
    cacheControl: SHARED,
    tagHeader: tagHeaderFor('fastly'),
    standardHeaders: {},
    ...content,
  });

/** What a client is told of who may keep the answer. */
function sent(finished: FinishedAnswer, sending: Partial<Sending> = {}): string | undefined {
  let head: string[] = [];
  const response = {
    writeHead: (_status: number, headers: string[]) => (head = headers),
    end: () => undefined,
  };
  const form = finished.formFor(undefined);
  const whole = { requestId: 'r1', isNotModified: false, ...sending };
  form.sendTo(response as unknown as ServerResponse, whole);
  const at = head.indexOf('cache-control');
  expect(head.lastIndexOf('cache-control')).toBe(at);
  return head[at + 1];
}

describe('what a shared cache may keep', () => {
  it('is an answer that says all it is made of, and is confirmed', () => {
    expect(answer().formFor(undefined).headers['cache-control']).toBe(SHARED);
    expect(sent(answer())).toBe(SHARED);
  });

  it.each<[string, Partial<AnswerContent>]>([
    ['was made of values that could not be confirmed', { isStale: true }],
    ['does not know what it is made of', { tags: undefined }],
    ['is made of more than its header holds', { tags: ['x'.repeat(5_000)] }],
  ])('is no answer that %s', (_, content) => {
    expect(answer(content).formFor(undefined).headers['cache-control']).toBe(ASKED_FOR);
    expect(sent(answer(content))).toBe(ASKED_FOR);
  });

  it.each([false, true])('is no answer that cannot be confirmed any more (304: %s)', (known) => {
    const finished = answer();
    expect(sent(finished, { isStale: true, isNotModified: known })).toBe(ASKED_FOR);
    expect(sent(finished, { isNotModified: known })).toBe(SHARED);
  });
});
