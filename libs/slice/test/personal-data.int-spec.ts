import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Type } from '@nestjs/common';
import { getMetadataArgsStorage } from 'typeorm';
import { parseDatabaseUrl } from '#libs/config';
import { TellsPersonalDataMark, writeOptions, type PersonalData } from '#libs/database';
import { temporarySqlite } from '#libs/testing';
import * as authoring from '../../../apps/authoring/src/slices.js';
import { entitiesByOwner } from './every-slice.js';
import { columnsOfEntities, type TableColumn } from './table-columns.js';
import { untoldTables } from './untold-tables.js';

/** Tables that name a person, or what belongs to one, and are not told. */
const IMPERSONAL = {
  order_note: 'what staff note for each other',
  staff_user: 'staff are no customers',
  promotion_customer_counter: 'the sum of promotion_use',
};

const modules = Object.values(authoring).flatMap(({ modules: all }) => all as readonly Type[]);
const data = modules
  .map((module) => Reflect.getMetadata(TellsPersonalDataMark.KEY, module) as PersonalData)
  .filter((told) => told !== undefined);

describe('the export of what is known of a person', () => {
  let fixture: Awaited<ReturnType<typeof temporarySqlite>>;
  let columns: TableColumn[];

  beforeAll(async () => {
    fixture = await temporarySqlite();
    const entities = [...entitiesByOwner.values()].flat();
    columns = await columnsOfEntities(writeOptions(parseDatabaseUrl(fixture.url)), entities);
  });

  afterAll(() => fixture?.remove());

  it('tells or withholds every column of every table about people, and no secret', () => {
    expect(data.map(({ slice }) => slice)).toContain('orders');
    expect(untoldTables(data, columns, IMPERSONAL)).toEqual([]);
  });

  it('is made by the slice that owns the table', () => {
    const tables = getMetadataArgsStorage().tables;
    for (const { slice, parts } of data) {
      const own = (entitiesByOwner.get(slice) ?? []).map(
        (entity) => tables.find(({ target }) => target === entity)?.name,
      );
      for (const { table } of parts) expect(own).toContain(table);
    }
  });

  it.each([
    [
      'a table of a customer',
      { table: 'planted', column: 'customer_id' },
      /planted.customer_id is/,
    ],
    ['a table of an order', { table: 'planted', column: 'order_id' }, /planted.order_id is about/],
    ['a column', { table: 'customer', column: 'birthday' }, /withholds customer.birthday/],
  ])('is found to lack %s that is new', (_, planted, message) => {
    const column = { type: 'integer', isNullable: false, isPrimary: false, ...planted };
    expect(untoldTables(data, [...columns, column], IMPERSONAL)).toEqual([
      expect.stringMatching(message),
    ]);
  });

  it('is found to lack what other parts hang on', () => {
    const rest = data.filter(({ slice }) => slice !== 'orders');
    expect(untoldTables(rest, columns, IMPERSONAL)).toContain(
      'invoice hangs on order, which nobody tells',
    );
  });

  it('is found to lack a slice that tells nothing any more', () => {
    const rest = data.filter(({ slice }) => slice !== 'carts');
    expect(untoldTables(rest, columns, IMPERSONAL)).toContain(
      'cart.customer_id is about a person, and nobody tells it',
    );
  });

  it('is found to tell a secret', () => {
    const leaking = data.map(({ slice, parts }) => ({
      slice,
      parts: parts.map((part) => ({
        ...part,
        told: [...part.told, ...part.withheld],
        withheld: [],
      })),
    }));
    expect(untoldTables(leaking, columns, IMPERSONAL)).toEqual(
      expect.arrayContaining([
        'profile tells the secret customer.password_hash',
        'session tells the secret shopper_session.token_sha256',
        'cart tells the secret cart.token_hash',
      ]),
    );
  });
});
