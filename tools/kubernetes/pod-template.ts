import { fileOf, SECRETS_DIRECTORY } from './plan-role.js';
import type { FleetPlan, RolePlan } from './fleet-plan.js';
import type { SecretReference } from './fleet-schema.js';

export const PORT = 3000;
/** The user `node` of the image. */
const USER = 1000;
/** Read by the owner and the group, which is that of the pod. */
const MODE = 0o440;
/** As in docker-compose.scale.yml; nothing else is written to disk. */
const SCRATCH = '64Mi';

export interface PodOptions {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** More than the role's own. */
  readonly environment?: Readonly<Record<string, string>>;
  /** More than the role's own, by the name of the file. */
  readonly secrets?: Readonly<Record<string, SecretReference>>;
  /** Of the container: arguments, probes, ports. */
  readonly container: object;
  /** Of the pod. */
  readonly spec: object;
}

/** A pod of the image: what is told, what is mounted, and no right that is not needed (Pod Security Standard `restricted`). */
export function podTemplate(plan: FleetPlan, role: RolePlan, options: PodOptions): object {
  const secrets = { ...role.secrets, ...options.secrets };
  const settings = { ...role.settings, ...options.environment };
  const { labels, annotations } = options;
  return {
    metadata: { labels, ...(annotations === undefined ? {} : { annotations }) },
    spec: {
      // Lockstep asks nothing of Kubernetes, and names of other services are no settings.
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: USER,
        runAsGroup: USER,
        fsGroup: USER,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      ...options.spec,
      containers: [
        {
          name: role.role,
          image: plan.image,
          ...options.container,
          env: environmentOf({ ...role, settings }),
          resources: resourcesOf(role),
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
          },
          volumeMounts: [
            { name: 'secrets', mountPath: SECRETS_DIRECTORY, readOnly: true },
            { name: 'scratch', mountPath: '/tmp' },
          ],
        },
      ],
      volumes: [
        { name: 'secrets', projected: { defaultMode: MODE, sources: sourcesOf(secrets) } },
        { name: 'scratch', emptyDir: { sizeLimit: SCRATCH } },
      ],
    },
  };
}

/** A secret is a file: an environment is seen by whoever describes the pod or reads a crash report. */
function environmentOf({ settings, secrets }: RolePlan): object[] {
  const files = Object.keys(secrets).map((key) => [`${key}_FILE`, fileOf(key)] as const);
  return [...Object.entries(settings), ...files]
    .toSorted(byFirst)
    .map(([name, value]) => ({ name, value: literal(value) }));
}

/** Kubernetes replaces `$(NAME)`, and `$$` by `$`, in what a container is told. */
export function literal(text: string): string {
  return text.replaceAll('$', '$$$$');
}

function sourcesOf(secrets: Readonly<Record<string, SecretReference>>): object[] {
  return Object.entries(secrets)
    .toSorted(byFirst)
    .map(([path, { secret, key }]) => ({ secret: { name: secret, items: [{ key, path }] } }));
}

/** What cannot be taken back is set aside whole; there is no limit of CPU, because a throttled event loop is slow to all. */
function resourcesOf({ cpu, memoryMib }: RolePlan): object {
  const memory = `${memoryMib}Mi`;
  return { requests: { cpu, memory }, limits: { memory } };
}

function byFirst(one: readonly [string, unknown], other: readonly [string, unknown]): number {
  return one[0] < other[0] ? -1 : 1;
}
