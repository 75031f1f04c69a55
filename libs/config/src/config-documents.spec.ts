import { describe, expect, it } from '@jest/globals';
import { renderConfigurationDocument, renderEnvExample } from './config-documents.js';
import { configRows } from './config-table.js';
import { loadConfig } from './load-config.js';

describe('the configuration documents', () => {
  it('name every key', () => {
    for (const [key] of configRows) {
      expect(renderConfigurationDocument()).toContain(`| \`${key}\` |`);
      expect(renderEnvExample()).toMatch(new RegExp(`^(# )?${key}=`, 'm'));
    }
  });

  it('give defaults and examples that are valid', () => {
    const invalid = configRows.flatMap(([key, row]) =>
      [row.default, row.example]
        .filter((text) => text !== undefined && !row.schema.safeParse(text).success)
        .map((text) => `${key}=${text}`),
    );
    expect(invalid).toEqual([]);
  });

  it('contain an example file that is valid as it is', () => {
    const assignments = renderEnvExample()
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => line.split('=') as [string, string]);
    expect(() => loadConfig(Object.fromEntries(assignments), 'authoring')).not.toThrow();
  });
});
