import { describe, expect, it } from '@jest/globals';
import { UserError, defineErrors } from './errors.js';

describe('defineErrors', () => {
  const errors = defineErrors({
    notFound: { code: 'shop.not-found', family: 'user', status: 404, title: 'Not found' },
  });

  it('makes errors of the family with code, status, details and cause', () => {
    const cause = new Error('row missing');
    const error = errors.notFound({ message: 'No shop "x"', details: { shop: 'x' }, cause });
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({ code: 'shop.not-found', status: 404, details: { shop: 'x' } });
    expect(error.message).toBe('No shop "x"');
    expect(error.cause).toBe(cause);
  });

  it('lists its definitions for the documents', () => {
    expect(errors.definitions.map((definition) => definition.code)).toEqual(['shop.not-found']);
  });
});
