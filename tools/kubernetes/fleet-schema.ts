import { z } from 'zod';

const LABEL = /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;
/** Names of a fleet are made longer: the longest is `<name>-authoring-…` of a pod, which Kubernetes cuts at 63. */
const FLEET_NAME = /^[a-z]([a-z0-9-]{0,28}[a-z0-9])?$/;
const OBJECT_NAME = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;
const HOST_NAME = /^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
/** A tag or a digest, so that another release is another text and the Deployment rolls. */
const IMAGE =
  /^[a-z0-9][a-z0-9._:/-]{0,200}(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}|@sha256:[0-9a-f]{64})$/;
const KEY = /^[A-Z][A-Z0-9_]{0,99}$/;
const QUANTITY_OF_CPU = /^([1-9]\d{0,2}|[1-9]\d{1,5}m)$/;
const MAX_REPLICAS = 1_000;
const MAX_HOST_NAMES = 16;

const label = z.string().regex(LABEL, 'a label in lower case, such as shop');
const objectName = z.string().max(253).regex(OBJECT_NAME, 'the name of an object in lower case');
const hostNames = z
  .array(z.string().max(253).regex(HOST_NAME, 'a host name such as shop.example, in lower case'))
  .max(MAX_HOST_NAMES);

const reference = z
  .strictObject({
    secret: objectName,
    key: z.string().regex(/^[A-Za-z0-9._-]{1,253}$/, 'a key of the Secret'),
  })
  .describe('A key of a Secret that is in the namespace already.');

const settings = z
  .record(
    z.string().regex(KEY, 'a key of docs/configuration.md'),
    // YAML reads 5000 and true as what they are; an environment has texts.
    z.union([z.string(), z.number(), z.boolean()]).transform(String),
  )
  .default({});
const secrets = z
  .record(z.string().regex(KEY, 'a key of docs/configuration.md'), reference)
  .default({});

const role = z.strictObject({
  settings: settings.describe('Keys of docs/configuration.md for this role alone.'),
  secrets: secrets.describe('Secret keys of docs/configuration.md for this role alone.'),
  cpu: z
    .string()
    .regex(QUANTITY_OF_CPU, 'an amount of processors such as 1 or 500m')
    .default('1')
    .describe('What is set aside. There is no limit: a replica that is throttled is slow to all.'),
  memory: z
    .string()
    .regex(/^[1-9]\d{0,4}(Mi|Gi)$/, 'an amount of memory such as 768Mi')
    .optional()
    .describe('Set aside, and the limit. Without it: what CACHE_MAX_BYTES needs.'),
});

const replicas = z.int().min(1).max(MAX_REPLICAS);
const range = z
  .strictObject({ min: replicas, max: replicas })
  .refine(({ min, max }) => min <= max, 'min must not be above max');

const scaling = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('hand'), commerce: replicas, authoring: replicas }),
  z.strictObject({
    by: z.literal('cpu'),
    commerce: range,
    authoring: range,
    percent: z.int().min(10).max(95).default(70).describe('Of `cpu`, on the average.'),
  }),
  z.strictObject({
    by: z.literal('rules'),
    rules: z.string().min(1).max(1_000).describe('The file of scaling rules, from this one on.'),
    prometheus: z.url({ protocol: /^https?$/ }).default('http://prometheus:9090'),
  }),
]);

const gateway = z.strictObject({
  name: objectName,
  namespace: label.optional(),
  listener: objectName.optional().describe('`sectionName` of the Gateway.'),
  commerce: hostNames.min(1),
  authoring: hostNames.default([]).describe('Empty: the back office is not reached from outside.'),
  push: z
    .enum(['websocket', 'sticky'])
    .default('websocket')
    .describe(
      '`sticky` lets Socket.IO poll too; it needs the experimental channel of Gateway API.',
    ),
});

/** The form of docs/examples/kubernetes.yaml. */
export const fleetSchema = z.strictObject({
  name: z.string().regex(FLEET_NAME, 'a label of at most 30 characters').default('lockstep'),
  namespace: label,
  image: z
    .string()
    .regex(IMAGE, 'an image with a tag or a digest')
    .refine((image) => !image.endsWith(':latest'), 'a tag that is written once'),
  settings: settings.describe('Keys of docs/configuration.md for both roles.'),
  secrets: secrets.describe('Secret keys of docs/configuration.md for both roles.'),
  commerce: role.prefault({}),
  authoring: role.prefault({}),
  scaling,
  gateway: gateway.optional(),
  demo: z
    .strictObject({ staffEmail: z.email(), staffPassword: reference })
    .optional()
    .describe('The demo shop where the database is empty, and the first staff user.'),
});

export type FleetDocument = z.infer<typeof fleetSchema>;
export type SecretReference = z.infer<typeof reference>;
