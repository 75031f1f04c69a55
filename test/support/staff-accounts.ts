import type { StaffReplica } from './staff-replica.js';

export const PASSWORD = 'a long enough password';

export interface Versioned {
  readonly id: string;
  readonly version: number;
}

export interface StaffAccount extends Versioned {
  readonly email: string;
  readonly roleId: string;
  /** Of a session of the user. */
  readonly token: string;
}

/** The header that names the version a change is based on. */
export function ifMatch(version: number): Readonly<Record<string, string>> {
  return { 'if-match': `"${version}"` };
}

/** Makes roles and users through the API of a replica, as its administrator. */
export class StaffAccounts {
  constructor(
    private readonly replica: StaffReplica,
    private readonly administratorToken: string,
  ) {}

  createRole(name: string, permissions: readonly string[]): Promise<Versioned> {
    return this.create('/roles', { name, permissions });
  }

  /** A user with a role of the same name, signed in. */
  async createUser(name: string, permissions: readonly string[]): Promise<StaffAccount> {
    const role = await this.createRole(name, permissions);
    const email = `${name}@example.com`;
    const user = await this.create('/users', {
      email,
      name,
      password: PASSWORD,
      roleIds: [role.id],
    });
    const token = await this.replica.signIn(email, PASSWORD);
    return { ...user, email, roleId: role.id, token };
  }

  private async create(path: string, body: object): Promise<Versioned> {
    const answer = await this.replica.call<Versioned>('POST', path, {
      token: this.administratorToken,
      body,
    });
    if (answer.status !== 201) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }
}
