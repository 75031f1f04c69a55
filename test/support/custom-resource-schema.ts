import { existsSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { z } from 'zod';

const crd = z.object({
  spec: z.object({
    versions: z.array(
      z.object({ schema: z.object({ openAPIV3Schema: z.record(z.string(), z.unknown()) }) }),
    ),
  }),
});

/** The file that a variable names, and what the name of a suite says of one that is skipped without it. */
export function schemaInVariable(name: string): { text: string | undefined; note: string } {
  const file = process.env[name] ?? '';
  return existsSync(file)
    ? { text: readFileSync(file, 'utf8'), note: '' }
    : { text: undefined, note: ` (skipped: ${name} names no file)` };
}

/** What is wrong with an object by the definition of a custom resource of Kubernetes; a field that it does not name is. */
export function customResourceErrors(definition: string): (object: object) => string[] {
  const { spec } = crd.parse(parse(definition));
  return errorsBy(spec.versions[0]?.schema.openAPIV3Schema);
}

/** The same by the JSON Schema of a kind that Kubernetes has itself (`deployment-apps-v1.json`, without references). */
export function kindErrors(schema: string): (object: object) => string[] {
  return errorsBy(JSON.parse(schema));
}

function errorsBy(schema: unknown): (object: object) => string[] {
  const validate = new Ajv({ strict: false, validateFormats: false }).compile(strict(schema));
  return (object) => {
    validate(object);
    return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
  };
}

/** A schema of Kubernetes lets unknown fields pass, which the server then drops: here they are refused. */
function strict(schema: unknown): Record<string, unknown> {
  const refused = JSON.parse(JSON.stringify(schema), (_key, value: unknown) =>
    isObjectSchema(value) && !('additionalProperties' in value) && !isOpen(value)
      ? { ...value, additionalProperties: false }
      : value,
  ) as { properties: { metadata: object } };
  return { ...refused, properties: { ...refused.properties, metadata: { type: 'object' } } };
}

function isObjectSchema(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && 'properties' in value && 'type' in value;
}

function isOpen(value: Record<string, unknown>): boolean {
  return value['x-kubernetes-preserve-unknown-fields'] === true;
}
