import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sql } from '#libs/database';
import { StoreDependants } from '#libs/stores';
import { describeOnEachDatabase } from '#libs/testing';
import { SearchOffice } from '../../../../test/support/search-office.js';
import { ifMatch, StaffAccounts } from '../../../../test/support/staff-accounts.js';
import type { FacetSettingsAnswer } from './facet-settings.schemas.js';

const sizes = { code: 'size', show: 'as-listed', values: ['S', 'M', 'L'] };
const width = { code: 'width', show: 'by-value' };

describeOnEachDatabase('the facets of the back office', (open) => {
  let office: SearchOffice;

  beforeAll(async () => {
    office = await SearchOffice.open(open, []);
  });

  afterAll(() => office?.close());

  const path = (store = office.store.code) => `/search/facets?store=${store}`;
  const get = (store?: string, token = office.token) =>
    office.replica.call<FacetSettingsAnswer>('GET', path(store), { token });
  const put = (attributes: readonly object[], version: number, store?: string, token?: string) =>
    office.replica.call<FacetSettingsAnswer>('PUT', path(store), {
      token: token ?? office.token,
      body: { attributes },
      headers: ifMatch(version),
    });

  it('are one document of a store, changed by its version and audited', async () => {
    expect(await get()).toMatchObject({ status: 200, body: { attributes: [], version: 0 } });
    const first = await put([sizes, width], 0);
    expect(first).toMatchObject({ status: 200, body: { attributes: [sizes, width], version: 1 } });
    for (const stale of [0, 2]) expect((await put([width], stale)).status).toBe(412);
    expect((await put([sizes, width], 1)).body.version).toBe(1);
    const next = await put([{ ...width, show: 'never' }], 1);
    expect(next.body).toEqual({ attributes: [{ ...width, show: 'never' }], version: 2 });
    expect((await get()).body).toEqual(next.body);
    const audited = await office.catalog.reader.query<{ action: string }>(sql`
      SELECT action
      FROM audit_log
      WHERE entity_id = ${office.store.id} AND action = ${'search:facet:update'}`);
    expect(audited).toHaveLength(2);
  });

  it('are of their store alone, and of one that is there', async () => {
    const other = await office.catalog.addStore();
    expect((await put([sizes], 0, other.code)).status).toBe(200);
    expect((await get(other.code)).body.attributes).toEqual([sizes]);
    expect((await get()).body.attributes).not.toEqual([sizes]);
    expect((await get('none')).status).toBe(404);
    expect((await put([sizes], 0, 'none')).status).toBe(404);
  });

  it('are made by one of those who make them at once', async () => {
    const other = await office.catalog.addStore();
    const answers = await Promise.all(
      ['S', 'M', 'L'].map((size) => put([{ ...sizes, values: [size] }], 0, other.code)),
    );
    expect(answers.filter(({ status }) => status === 412)).toHaveLength(2);
    const made = answers.find(({ status }) => status === 200);
    expect((await get(other.code)).body).toEqual(made?.body);
  });

  it('go with their store', async () => {
    const other = await office.catalog.addStore();
    expect((await put([sizes], 0, other.code)).status).toBe(200);
    const stored = () =>
      office.catalog.reader.query(
        sql`SELECT store_id FROM facet_settings WHERE store_id = ${other.id}`,
      );
    expect(await stored()).toHaveLength(1);
    const dependants = office.replica.app.get(StoreDependants);
    await office.catalog.unitOfWork.run((tx) => dependants.removeRowsOf(tx, other));
    expect(await stored()).toEqual([]);
  });

  it('are refused where they cannot be used, and change nothing then', async () => {
    const other = await office.catalog.addStore();
    const twice = await put([sizes, sizes], 0, other.code);
    expect(twice).toMatchObject({
      status: 422,
      body: { code: 'search.facets-invalid', errors: [{ path: 'attributes.1' }] },
    });
    for (const wrong of [
      { code: 'Size', show: 'never' },
      { code: 'size', show: 'sometimes' },
      { code: 'size', show: 'as-listed' },
      { code: 'size', show: 'as-listed', values: ['\u0000'] },
      { code: 'size', show: 'by-value', values: ['S'] },
    ]) {
      expect([wrong, (await put([wrong], 0, other.code)).status]).toEqual([wrong, 400]);
    }
    expect((await get(other.code)).body).toEqual({ attributes: [], version: 0 });
  });

  it('ask for a permission for each', async () => {
    const { token } = await new StaffAccounts(office.replica, office.token).createUser('arranger', [
      'search:facet:read',
    ]);
    expect((await get(undefined, token)).status).toBe(200);
    expect((await put([sizes], 2, undefined, token)).status).toBe(403);
    const clerk = await new StaffAccounts(office.replica, office.token).createUser('clerk', []);
    expect((await get(undefined, clerk.token)).status).toBe(403);
  });
});
