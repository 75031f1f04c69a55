import { renderConfigurationDocument, renderEnvExample } from '#libs/config';
import { formattedDocument, type GeneratedDocument } from './generated-document.js';

/** What follows from the configuration table. */
export async function configDocuments(): Promise<GeneratedDocument[]> {
  return [
    await formattedDocument('docs/configuration.md', renderConfigurationDocument()),
    { path: '.env.example', text: renderEnvExample() },
  ];
}
