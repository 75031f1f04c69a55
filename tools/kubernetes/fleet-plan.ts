import type { ScalingRules } from '#libs/scaling';
import type { FleetDocument, SecretReference } from './fleet-schema.js';

export const ROLES = ['commerce', 'authoring'] as const;
export type RoleName = (typeof ROLES)[number];

/** One role, checked: everything its containers are told, and what they need. */
export interface RolePlan {
  readonly role: RoleName;
  /** Keys of docs/configuration.md, without the secret ones. */
  readonly settings: Readonly<Record<string, string>>;
  /** By key of docs/configuration.md. */
  readonly secrets: Readonly<Record<string, SecretReference>>;
  readonly cpu: string;
  readonly memoryMib: number;
  /** From the signal to the exit of a replica. */
  readonly shutdownTimeoutMs: number;
}

export type ScalingPlan =
  | Extract<FleetDocument['scaling'], { by: 'hand' | 'cpu' }>
  | { readonly by: 'rules'; readonly rules: ScalingRules; readonly prometheusUrl: string };

/** What a description says, checked and complete. */
export interface FleetPlan {
  readonly name: string;
  readonly namespace: string;
  readonly image: string;
  readonly roles: Readonly<Record<RoleName, RolePlan>>;
  readonly scaling: ScalingPlan;
  readonly gateway: FleetDocument['gateway'];
  readonly demo: FleetDocument['demo'];
}
