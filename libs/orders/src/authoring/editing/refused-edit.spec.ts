import { describe, expect, it } from '@jest/globals';
import { refusedEdit } from './refused-edit.js';

describe('an edit that is refused', () => {
  it('says why to people, and to programs', () => {
    expect(refusedEdit('promotions-used')).toMatchObject({
      code: 'orders.action-refused',
      message: expect.stringContaining('promotions'),
      details: { action: 'edit', because: 'promotions-used' },
    });
  });
});
