import { z } from 'zod';
import { trafficSchema } from '../traffic/traffic-schema.js';
import { formattedDocument, type GeneratedDocument } from './generated-document.js';

/** The form of a traffic plan, for editors that complete and check YAML by a JSON Schema. */
export function trafficDocument(): Promise<GeneratedDocument> {
  const schema = z.toJSONSchema(trafficSchema, { io: 'input' });
  const text = JSON.stringify({ title: 'Traffic between sites of Lockstep', ...schema });
  return formattedDocument('docs/traffic.schema.json', text);
}
