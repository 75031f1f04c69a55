import { HttpException } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import { normalizeError } from './normalize-error.js';

describe('normalizeError', () => {
  it.each([
    [400, 'http.bad-request'],
    [401, 'http.unauthenticated'],
    [403, 'http.forbidden'],
    [404, 'http.not-found'],
    [405, 'http.method-not-allowed'],
    [413, 'http.body-too-large'],
    [415, 'http.unsupported-media-type'],
    [418, 'http.request-rejected'],
    [428, 'http.precondition-required'],
  ])('tells the client what the framework says of a %i', (status, code) => {
    const thrown = new HttpException('not like this', status);
    expect(normalizeError(thrown)).toMatchObject({ code, message: 'not like this' });
  });

  it.each([
    [500, 'http.internal'],
    [501, 'http.internal'],
    [503, 'http.unavailable'],
  ])('keeps what the framework says of a %i for the log', (status, code) => {
    const thrown = new HttpException('the pool of 10.0.0.7 is empty', status);
    const error = normalizeError(thrown);
    expect(error).toMatchObject({ code, cause: thrown });
    expect(error.message).not.toContain('10.0.0.7');
  });
});
