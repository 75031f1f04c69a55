import { z } from 'zod';
import { fleetSchema } from '../kubernetes/fleet-schema.js';
import { formattedDocument, type GeneratedDocument } from './generated-document.js';

/** The form of the description of a fleet on Kubernetes, for editors that complete and check YAML by a JSON Schema. */
export function kubernetesDocument(): Promise<GeneratedDocument> {
  const schema = z.toJSONSchema(fleetSchema, { io: 'input' });
  const text = JSON.stringify({ title: 'A fleet of Lockstep on Kubernetes', ...schema });
  return formattedDocument('docs/kubernetes.schema.json', text);
}
