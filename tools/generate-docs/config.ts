import { renderConfigurationDocument, renderEnvExample } from '#libs/config';
import { markdownDocument, type GeneratedDocument } from './generated-document.js';

/** What follows from the configuration table. */
export async function configDocuments(): Promise<GeneratedDocument[]> {
  return [
    await markdownDocument('docs/configuration.md', renderConfigurationDocument()),
    { path: '.env.example', text: renderEnvExample() },
  ];
}
