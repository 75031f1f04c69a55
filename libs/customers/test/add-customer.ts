import { insertRows, type Row, type UnitOfWork } from '#libs/database';
import { newId } from '#libs/kernel';
import type { Store } from '#libs/stores';

/** Somebody with a confirmed mailbox, but for what a test changes; nobody knows the password. */
export async function addCustomer(
  unitOfWork: UnitOfWork,
  store: Store,
  changes: Row = {},
): Promise<{ readonly id: string; readonly email: string }> {
  const id = newId();
  const email = `${id}@example.com`;
  const row: Row = {
    id,
    store_id: store.id,
    store_code: store.code,
    email,
    name: 'Ada',
    locale: 'en',
    password_hash: '-',
    group_id: null,
    is_blocked: 0,
    verified_at: 1,
    erased_at: null,
    version: 1,
    created_at: 1,
    updated_at: 1,
    ...changes,
  };
  await unitOfWork.run((tx) => insertRows(tx, 'customer', [row]));
  return { id, email };
}
