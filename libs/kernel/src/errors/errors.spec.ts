import { describe, expect, it } from '@jest/globals';
import { DefectError, OperationalError, UserError, defineErrors } from './errors.js';

describe('defineErrors', () => {
  const errors = defineErrors({
    notFound: { code: 'shop.not-found', family: 'user', status: 404, title: 'Not found' },
    away: { code: 'shop.away', family: 'operational', status: 503, title: 'Away' },
    broken: { code: 'shop.broken', family: 'defect', status: 500, title: 'Broken' },
  });

  it('makes errors of the family with code, status, details and cause', () => {
    const cause = new Error('row missing');
    const error = errors.notFound({ message: 'No shop "x"', details: { shop: 'x' }, cause });
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({ code: 'shop.not-found', status: 404, details: { shop: 'x' } });
    expect(error.message).toBe('No shop "x"');
    expect(error.cause).toBe(cause);
    expect(errors.away()).toBeInstanceOf(OperationalError);
    expect(errors.broken()).toBeInstanceOf(DefectError);
  });

  it('lists its definitions for the documents', () => {
    expect(errors.definitions.map((definition) => definition.code)).toEqual([
      'shop.not-found',
      'shop.away',
      'shop.broken',
    ]);
  });
});
