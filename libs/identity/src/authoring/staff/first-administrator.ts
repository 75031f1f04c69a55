import { NewPasswords, normalisedEmail, PasswordHasher, PasswordStrength } from '#libs/credentials';
import { isUniqueViolation, sql, type Transaction, type UnitOfWork } from '#libs/database';
import { newId, systemClock } from '#libs/kernel';
import { identityTags } from '../../model/identity.tags.js';
import { ALL_PERMISSIONS } from '../../model/permission-set.js';
import { lockRoles } from './delegation.js';
import { insertStaffUser, replaceRolesOf } from './staff-user.repository.js';

const ROLE_NAME = 'Administrator';

export interface FirstAdministrator {
  readonly email: string;
  readonly password: string;
}

/**
 * Makes the first staff user, who may do everything, when there is no staff user at all.
 * Idempotent, also when several processes call it at once. Resolves with true when it made one.
 * Throws `identity.password-weak`.
 */
export async function ensureFirstAdministrator(
  unitOfWork: UnitOfWork,
  administrator: FirstAdministrator,
): Promise<boolean> {
  if (!(await unitOfWork.run(hasNoUser))) return false;
  const newPasswords = new NewPasswords(new PasswordStrength(), new PasswordHasher());
  const passwordHash = await newPasswords.hash(administrator.password, [administrator.email]);
  return orNotWhenTaken(unitOfWork, async (tx) => {
    const roles = await lockRoles(tx);
    if (!(await hasNoUser(tx))) return false;
    const at = systemClock.wallMs();
    const id = newId();
    const email = normalisedEmail(administrator.email);
    await insertStaffUser(tx, { id, email, name: ROLE_NAME, passwordHash, at });
    const known = [...roles].find(([, permissions]) => permissions.includes(ALL_PERMISSIONS));
    await replaceRolesOf(tx, id, [known?.[0] ?? (await insertRole(tx, at))]);
    tx.invalidate(identityTags.user(id));
    tx.audit({
      action: 'identity:user:create',
      entity: 'staff-user',
      entityId: id,
      after: { email, isFirstAdministrator: true },
    });
    return true;
  });
}

/** Another process was faster where locks are only advice: the database kept the second user out. */
async function orNotWhenTaken(
  unitOfWork: UnitOfWork,
  work: (tx: Transaction) => Promise<boolean>,
): Promise<boolean> {
  try {
    return await unitOfWork.run(work);
  } catch (error) {
    if (isUniqueViolation(unitOfWork.dialect, error)) return false;
    throw error;
  }
}

async function hasNoUser(tx: Transaction): Promise<boolean> {
  const [row] = await tx.query<{ users: number }>(sql`SELECT COUNT(*) AS users FROM staff_user`);
  return row?.users === 0;
}

async function insertRole(tx: Transaction, at: number): Promise<string> {
  const id = newId();
  await tx.execute(
    sql.insert('role', [
      {
        id,
        name: ROLE_NAME,
        permissions_json: JSON.stringify([ALL_PERMISSIONS]),
        version: 1,
        created_at: at,
        updated_at: at,
      },
    ]),
  );
  tx.invalidate(identityTags.role(id));
  return id;
}
