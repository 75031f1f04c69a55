import type { FleetPorts } from './fleet-ports.js';
import type { Role } from './replica-process.js';
import { SupervisedReplica } from './supervised-replica.js';
import type { Terminal } from './terminal.js';

export interface FleetSettings {
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
  /** Its replicas are restarted with what is compiled anew. */
  readonly isWatched: boolean;
  readonly ports: FleetPorts;
  readonly terminal: Terminal;
}

export interface ReplicaStatus {
  readonly name: string;
  readonly role: Role;
  readonly phase: string;
  readonly url: string | undefined;
}

/** The replicas of one folder. Scaling adds the next numbers and takes the highest away; the others aren't touched. */
export class Fleet {
  private readonly replicas: Record<Role, SupervisedReplica[]> = { commerce: [], authoring: [] };
  private isStopping = false;
  /** Changes of size run one after another. */
  private scaling: Promise<void> = Promise.resolve();

  constructor(private readonly settings: FleetSettings) {}

  /** Resolves when the role has `count` ready replicas. Rejects when one of the new ones doesn't come up. */
  scale(role: Role, count: number): Promise<void> {
    const next = this.scaling.then(() => this.scaleNow(role, count));
    this.scaling = next.catch(() => undefined);
    return next;
  }

  /** Restarts all replicas of the roles at the same time, for new code. */
  async restart(roles: readonly Role[]): Promise<void> {
    const chosen = roles.flatMap((role) => this.replicas[role]);
    await Promise.all(chosen.map((replica) => replica.restart()));
  }

  urls(role: Role): string[] {
    return this.replicas[role].flatMap((replica) => replica.url ?? []);
  }

  status(): ReplicaStatus[] {
    return [...this.replicas.commerce, ...this.replicas.authoring].map((replica) => ({
      name: replica.name,
      role: replica.role,
      phase: replica.phase,
      url: replica.url,
    }));
  }

  /** Ends every replica, in an orderly way and by force after 12 s. */
  async stop(): Promise<void> {
    this.isStopping = true;
    const all = [...this.replicas.commerce, ...this.replicas.authoring];
    await Promise.all(all.map((replica) => replica.stop()));
  }

  private async scaleNow(role: Role, count: number): Promise<void> {
    const replicas = this.replicas[role];
    const surplus = replicas.splice(count);
    const added: SupervisedReplica[] = [];
    while (replicas.length < count && !this.isStopping) {
      const index = replicas.length + 1;
      const replica = new SupervisedReplica({ ...this.settings, role, index });
      replicas.push(replica);
      added.push(replica);
    }
    const started = await Promise.allSettled(added.map((replica) => replica.start()));
    await Promise.all(surplus.map((replica) => replica.stop()));
    const failure = started.find((result) => result.status === 'rejected');
    if (failure === undefined) return;
    // All or nothing: the numbers stay without holes, and the next attempt begins where this one did.
    replicas.splice(replicas.length - added.length);
    await Promise.all(added.map((replica) => replica.stop()));
    throw failure.reason;
  }
}
