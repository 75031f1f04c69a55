import { createHash } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { finish, storeIndexOf } from '../../../test/indexed-products.js';
import { fileOf } from '../../../test/memory-file.js';
import { compacted } from '../../../test/merged.js';
import { sampleProducts } from '../../../test/sample-products.js';
import { INDEX_CODE } from './index-code.js';

it('is another one as soon as the same products make another index', () => {
  const products = sampleProducts();
  const index = storeIndexOf(products.slice(0, 20));
  finish(index.change([], products.slice(20)));
  finish(index.change(['00000000-0000-7000-8000-000000000003'], []));
  const bytes = [fileOf(index)];
  finish(compacted(index));
  bytes.push(fileOf(index));
  const digest = createHash('sha256').update(Buffer.concat(bytes)).digest('base64url');
  // Replace INDEX_CODE by what was received here: what older releases have written must not be used.
  expect({ INDEX_CODE: digest.slice(0, 16) }).toEqual({ INDEX_CODE });
});
