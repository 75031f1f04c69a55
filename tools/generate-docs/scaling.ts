import { z } from 'zod';
import { rulesSchema } from '#libs/scaling';
import { formattedDocument, type GeneratedDocument } from './generated-document.js';

/** The form of scaling rules, for editors that complete and check YAML by a JSON Schema. */
export function scalingDocument(): Promise<GeneratedDocument> {
  const schema = z.toJSONSchema(rulesSchema, { io: 'input' });
  const text = JSON.stringify({ title: 'Scaling rules of Lockstep', ...schema });
  return formattedDocument('docs/scaling-rules.schema.json', text);
}
