import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startFleet, type RunningFleet } from '#libs/testing';
import { someAddress } from '../../libs/stores/test/some-address.js';
import { createStore } from '../support/catalog-client.js';
import { DocumentChecker } from '../support/document-checker.js';
import { ReplicaClient, type Call } from '../support/replica-client.js';
import { createWare, openShop, stockOf } from '../support/shop-client.js';
import { ifMatch } from '../support/staff-accounts.js';

const STORE = 'desk';

describe('an order of the back office', () => {
  let fleet: RunningFleet;
  let staff: ReplicaClient;

  beforeAll(async () => {
    fleet = await startFleet({ commerce: 1, authoring: 1 });
    staff = await ReplicaClient.signIn(fleet.authoring[0]!.url, fleet.staff);
    await createStore(staff, STORE);
    await openShop(staff, STORE);
  });

  afterAll(() => fleet?.stop());

  it('is prepared, placed, edited and billed elsewhere, and answered as the API document says', async () => {
    const ware = await createWare(staff, STORE, 'DESK', { onHand: 5 });
    const document = new DocumentChecker('authoring');
    const asDeclared = async <Body>(status: number, method: string, path: string, call: Call) => {
      const route = path.replace(/[\da-f-]{36}/, '{id}').replace(/\?.*/, '');
      const reply = await staff.expect<Body>(status, method, path, call);
      const operation = document.operation(method, `/api/v1${route}`);
      expect([route, document.deviations(operation, reply)]).toEqual([route, []]);
      return reply.body;
    };
    const items = [{ sku: 'DESK', quantity: 1, agreedPrice: { amount: 900, reason: 'a scratch' } }];
    const content = {
      items,
      email: 'phone@example.com',
      shippingMethod: 'post',
      note: 'calls back',
    };
    const ready = { ...content, shippingAddress: someAddress, paymentMethod: 'manual' };
    interface Versioned {
      readonly id: string;
      readonly version: number;
    }
    const draft = await asDeclared<Versioned>(201, 'POST', '/order-drafts', {
      body: { store: STORE, ...content },
    });
    const at = `/order-drafts/${draft.id}?store=${STORE}`;
    const changed = { headers: ifMatch(draft.version), body: ready };
    const second = await asDeclared<Versioned>(200, 'PUT', at, changed);
    await asDeclared(412, 'PUT', at, changed);
    await asDeclared(412, 'DELETE', at, { headers: ifMatch(draft.version) });
    const { total } = await asDeclared<{ total: object }>(200, 'POST', '/orders/quotes', {
      body: { store: STORE, ...ready, note: undefined },
    });
    const placements = `/order-drafts/${draft.id}/placements?store=${STORE}`;
    const headers = { ...ifMatch(second.version), 'idempotency-key': 'draft' };
    const placing = { headers, body: { expectedTotal: total } };
    const order = await asDeclared<Versioned>(201, 'POST', placements, placing);
    expect(await asDeclared<Versioned>(201, 'POST', placements, placing)).toEqual(order);
    await asDeclared(404, 'GET', at, {});
    const edit = { items: [{ sku: 'DESK', quantity: 2 }], reason: 'one more' };
    const quotes = `/orders/${order.id}/edits/quotes?store=${STORE}`;
    const quoted = await asDeclared<{ total: object; difference: { amount: number } }>(
      ...([200, 'POST', quotes, { body: edit }] as const),
    );
    expect(quoted.difference).toMatchObject({ amount: 900 });
    const edits = `/orders/${order.id}/edits?store=${STORE}`;
    const once = { ...ifMatch(1), 'idempotency-key': 'edit' };
    const agreed = { headers: once, body: { ...edit, expectedTotal: quoted.total } };
    const edited = await asDeclared(200, 'POST', edits, agreed);
    expect(edited).toMatchObject({
      version: 2,
      total: quoted.total,
      difference: quoted.difference,
    });
    expect(await asDeclared(200, 'POST', edits, agreed)).toEqual(edited);
    const late = { ...agreed, headers: { ...once, 'idempotency-key': 'late' } };
    await asDeclared(412, 'POST', edits, late);
    await asDeclared(428, 'POST', edits, { ...late, headers: { 'idempotency-key': 'bare' } });
    await asDeclared(400, 'POST', edits, { ...late, body: { ...late.body, reason: '' } });
    await asDeclared(422, 'POST', quotes, {
      body: { ...edit, items: [{ sku: 'NONE', quantity: 1 }] },
    });
    expect(await stockOf(staff, ware)).toBe(3);
    const billing = `/orders/${order.id}/billing-address?store=${STORE}`;
    const firm = { ...someAddress, name: 'Desk Ltd' };
    const elsewhere = { billingAddress: firm, reason: 'a firm' };
    const billed = await asDeclared(200, 'PUT', billing, { headers: ifMatch(2), body: elsewhere });
    expect(billed).toMatchObject({ version: 3, billingAddress: firm });
    await asDeclared(412, 'PUT', billing, { headers: ifMatch(2), body: elsewhere });
    await asDeclared(409, 'PUT', billing, { headers: ifMatch(3), body: elsewhere });
    await asDeclared(400, 'PUT', billing, { headers: ifMatch(3), body: { reason: 'a firm' } });
    const actions = `/orders/${order.id}/actions?store=${STORE}`;
    const act = (version: number, action: string) =>
      asDeclared(200, 'POST', actions, { headers: ifMatch(version), body: { action } });
    expect(await act(3, 'confirm-payment')).toMatchObject({ paymentState: 'paid' });
    const three = { items: [{ sku: 'DESK', quantity: 3 }], reason: 'and one more' };
    const dearer = await asDeclared<{ total: object }>(200, 'POST', quotes, { body: three });
    expect(dearer).toMatchObject({ items: [{ warning: null }], difference: { amount: 900 } });
    const six = { ...three, items: [{ sku: 'DESK', quantity: 6 }] };
    expect(await asDeclared(200, 'POST', quotes, { body: six })).toMatchObject({
      items: [{ warning: 'not-enough' }],
    });
    await asDeclared(200, 'POST', edits, {
      headers: { ...ifMatch(4), 'idempotency-key': 'balance' },
      body: { ...three, expectedTotal: dearer.total },
    });
    const payment = `/orders/${order.id}/payment?store=${STORE}`;
    expect(await asDeclared(200, 'GET', payment, {})).toMatchObject({
      state: 'captured',
      due: { amount: 900 },
      balances: [{ state: 'pending', amount: { amount: 900 } }],
    });
    expect(await act(5, 'confirm-payment')).toMatchObject({ paymentState: 'paid' });
    expect(await asDeclared(200, 'GET', payment, {})).toMatchObject({ due: { amount: 0 } });
  });
});
