const staff = 'libs/identity/src/authoring/staff/staff.int-spec.ts';
const administration = 'apps/authoring/src/identity/staff-administration.int-spec.ts';
const ownAccount = 'apps/authoring/src/identity/own-account.int-spec.ts';

const declared = 'libs/identity/src/authoring/access/declared-permissions.int-spec.ts';

const loaderTags = 'test/coherence/loader-tags.int-spec.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'a removed user leaves the sessions that had ended in the caches',
    promise: 'sessionTags: of ended sessions too',
    file: 'libs/identity/src/authoring/staff/staff-user.editor.ts',
    replace: [
      [
        'WHERE user_id = ${userId}`,\n  );\n  return sessions',
        'WHERE user_id = ${userId} AND revoked_at IS NULL`,\n  );\n  return sessions',
      ],
    ],
    suites: [loaderTags],
  },
  {
    name: 'a key delegates with the rights of its owner',
    promise: 'libs/identity/README.md: nobody hands out what they do not hold themselves',
    file: 'libs/identity/src/authoring/staff/delegation.ts',
    replace: [
      [
        'return new Delegation(tx, byRole, intersection(key, owner));',
        'return new Delegation(tx, byRole, key.length < 0 ? key : owner);',
      ],
    ],
    suites: [administration],
  },
  {
    name: 'an unknown user is answered without hashing',
    promise: 'libs/identity/README.md: an unknown user costs the time of a wrong password',
    file: 'libs/credentials/src/password-hasher.ts',
    replace: [
      [
        '    const matches = await',
        '    if (stored === undefined) return false;\n    const matches = await',
      ],
    ],
    suites: ['libs/credentials/src/password-hasher.int-spec.ts'],
  },
  {
    name: 'a sign-in ignores that the password was changed meanwhile',
    promise: 'SessionEditor: undefined when the user was deactivated or got another hash meanwhile',
    file: 'libs/identity/src/authoring/sign-in/session.editor.ts',
    replace: [
      ['AND is_active = 1 AND password_hash = ${user.password_hash}`', 'AND is_active = 1`'],
    ],
    suites: [staff],
  },
  {
    name: 'the throttle counts after the check',
    promise: 'SignInThrottle: an attempt counts from its start',
    file: 'libs/identity/src/authoring/sign-in/session.editor.ts',
    replace: [
      ['    this.throttle.begin(email, request.address);\n', ''],
      [
        '    this.logger.info({ address: request.address }',
        '    this.throttle.begin(email, request.address);\n    this.logger.info({ address: request.address }',
      ],
    ],
    suites: [staff],
  },
  {
    name: 'the throttle remembers attempts without end',
    promise: 'SignInThrottle: kept in the memory of one replica, bounded',
    file: 'libs/credentials/src/sign-in-throttle.ts',
    replace: [['    if (this.attempts.size >= MAX_KEYS) this.forgetOldest();\n', '']],
    suites: ['libs/credentials/src/sign-in-throttle.spec.ts'],
  },
  {
    name: 'the throttle remembers places without end',
    promise: 'SignInThrottle: kept in the memory of one replica, bounded',
    file: 'libs/credentials/src/sign-in-throttle.ts',
    replace: [
      [
        'if (this.familiar.size > MAX_KEYS && oldest !== undefined) this.familiar.delete(oldest);',
        'void oldest;',
      ],
    ],
    suites: ['libs/credentials/src/sign-in-throttle.spec.ts'],
  },
  {
    name: 'guesses from many addresses are not counted together',
    promise: 'SignInThrottle: 50 per e-mail address from all clients together',
    file: 'libs/credentials/src/sign-in-throttle.ts',
    replace: [['const MAX_PER_EMAIL = 50;', 'const MAX_PER_EMAIL = 5_000;']],
    suites: ['libs/credentials/src/sign-in-throttle.spec.ts'],
  },
  {
    name: 'strangers lock a user out of the usual place',
    promise: 'SignInThrottle: strangers lock nobody out of the office they always sign in from',
    file: 'libs/credentials/src/sign-in-throttle.ts',
    replace: [['if (!this.familiar.has(pair)) ', '']],
    suites: ['libs/credentials/src/sign-in-throttle.spec.ts'],
  },
  {
    name: 'an IPv6 user counts once per address',
    promise: 'clientNetwork: an IPv6 user has a whole /64, which counts as one',
    file: 'libs/kernel/src/values/client-network.ts',
    replace: [['groups.slice(0, 4)', 'groups.slice(0, 8)']],
    suites: ['libs/credentials/src/sign-in-throttle.spec.ts'],
  },
  {
    name: 'a success forgives nothing',
    promise: 'SignInThrottle: the attempt was right, earlier mistakes are forgiven',
    file: 'libs/credentials/src/sign-in-throttle.ts',
    replace: [['    this.attempts.delete(pair);\n    for', '    for']],
    suites: ['libs/credentials/src/sign-in-throttle.spec.ts'],
  },
  {
    name: 'weak passwords are taken',
    promise: 'PasswordStrength: refuses passwords that attackers try first',
    file: 'libs/credentials/src/password-strength.ts',
    replace: [['const LEAST_SCORE = 3;', 'const LEAST_SCORE = 0;']],
    suites: ['libs/credentials/src/password-strength.spec.ts'],
    isQuick: true,
  },
  {
    name: 'weak passwords are hashed',
    promise: 'NewPasswords: none is hashed that is easily guessed',
    file: 'libs/credentials/src/new-passwords.ts',
    replace: [['    await this.strength.assertStrong(password, own);\n', '']],
    suites: [ownAccount],
  },
  {
    name: 'passwords made of the own name are taken',
    promise: 'PasswordStrength: and what is made of the user’s own name',
    file: 'libs/credentials/src/password-strength.ts',
    replace: [["[...known, 'lockstep']", "['lockstep']"]],
    suites: ['libs/credentials/src/password-strength.spec.ts'],
    isQuick: true,
  },
  {
    name: 'a changed own password leaves the other sessions',
    promise: 'OwnPasswordEditor: ends the user’s other sessions',
    file: 'libs/identity/src/authoring/sign-in/own-password.editor.ts',
    replace: [
      [
        '      await endSessionsOf(tx, principal.userId, this.clock.wallMs(), principal.credential.id);\n',
        '',
      ],
    ],
    suites: [ownAccount],
  },
  {
    name: 'the own password is changed without the current one',
    promise: 'StaffUserEditor: one’s own password is not reset but changed, with the current one',
    file: 'libs/identity/src/authoring/staff/staff-user.editor.ts',
    replace: [['    if (id === principal.userId) throw identityErrors.ownPassword();\n', '']],
    suites: [ownAccount],
  },
  {
    name: 'guesses of the current password are not counted',
    promise: 'OwnPasswordEditor: guesses of the current password count as attempts to sign in',
    file: 'libs/identity/src/authoring/sign-in/own-password.editor.ts',
    replace: [['    this.throttle.begin(user.email, change.address);\n', '']],
    suites: [ownAccount],
  },
  {
    name: 'a reset leaves the API keys',
    promise: 'StaffUserEditor: a reset password ends the sessions and revokes the API keys',
    file: 'libs/identity/src/authoring/staff/staff-user.editor.ts',
    replace: [
      [
        '        await endSessionsOf(tx, id, this.clock.wallMs());\n        await this.revokeKeysOf(tx, id);\n',
        '        await endSessionsOf(tx, id, this.clock.wallMs());\n',
      ],
    ],
    suites: [ownAccount],
  },
  {
    name: 'anybody ends anybody’s session',
    promise: 'SessionEditor: ends one of the principal’s own sessions',
    file: 'libs/identity/src/authoring/sign-in/session.editor.ts',
    replace: [
      [
        'WHERE id = ${id} AND user_id = ${principal.userId} AND revoked_at IS NULL`',
        'WHERE id = ${id} AND revoked_at IS NULL`',
      ],
    ],
    suites: [ownAccount],
  },
  {
    name: 'the last administrator may go',
    promise: 'libs/identity/README.md: an active administrator always remains',
    file: 'libs/identity/src/authoring/staff/delegation.ts',
    replace: [['if ((row?.administrators ?? 0) === 0)', 'if ((row?.administrators ?? 0) < 0)']],
    suites: [administration],
  },
  {
    name: 'a token is stored as it is',
    promise: 'libs/identity/README.md: 256 random bits, SHA-256 stored',
    file: 'libs/identity/src/authoring/staff/api-key.editor.ts',
    replace: [['secret_sha256: token.sha256 }', 'secret_sha256: token.text }']],
    suites: [staff],
  },
  {
    name: 'identity: a user that there is not is not refused',
    promise: 'docs/errors.md: identity.user-not-found',
    file: 'libs/identity/src/authoring/staff/staff-user.editor.ts',
    replace: [['  if (user === undefined) throw identityErrors.userNotFound();\n', '']],
    suites: [staff],
  },
  {
    name: 'identity: a role that there is not is not refused',
    promise: 'docs/errors.md: identity.role-not-found',
    file: 'libs/identity/src/authoring/staff/role.editor.ts',
    replace: [['  if (row === undefined) throw identityErrors.roleNotFound();\n', '']],
    suites: [staff],
  },
  {
    name: 'identity: a user is given a role that there is not',
    promise: 'Delegation.ofRoles: throws identity.role-unknown for a role that does not exist',
    file: 'libs/identity/src/authoring/staff/delegation.ts',
    replace: [
      [
        '    if (unknown.length > 0) throw identityErrors.roleUnknown({ details: { roleIds: unknown } });\n',
        '',
      ],
    ],
    suites: [staff],
  },
  {
    name: 'identity: a key that there is not is revoked',
    promise: 'ApiKeyEditor.revoke: throws identity.api-key-not-found',
    file: 'libs/identity/src/authoring/staff/api-key.editor.ts',
    replace: [['      if (known === undefined) throw identityErrors.apiKeyNotFound();\n', '']],
    suites: [staff],
  },
  {
    name: 'identity: a replica starts whose routes ask for what nobody can hold',
    promise: 'DeclaredPermissions: stops the start of a replica with an undeclared permission',
    file: 'libs/identity/src/authoring/access/declared-permissions.ts',
    replace: [['if (unknown.size === 0) return;', 'if (unknown.size >= 0) return;']],
    suites: [declared],
  },
];
