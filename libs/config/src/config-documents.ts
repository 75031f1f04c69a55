import { CONFIG_SECTIONS, type ConfigKey } from './config-key.js';
import { configRows } from './config-table.js';

const NOTICE = 'Written by tools/generate-docs/config.ts from libs/config/src/config-table.ts.';

/** docs/configuration.md: every key with meaning, unit and default. */
export function renderConfigurationDocument(): string {
  const parts = CONFIG_SECTIONS.map((section) => {
    const rows = configRows
      .filter(([, row]) => row.section === section)
      .map(([key, row]) => `| \`${key}\` | ${meaning(row)} | ${defaultText(row)} |`);
    return `## ${section}\n\n| key | meaning | default |\n| --- | --- | --- |\n${rows.join('\n')}\n`;
  });
  return `# Configuration

<!-- ${NOTICE} -->

A replica is configured by environment variables only. All of them are read and checked at start; every problem is
reported at once and the process exits with code 1. A malformed value is never replaced by a default, and a
variable that is set but empty is a problem too.

Keys marked *secret* can also be read from a file: set \`<KEY>_FILE\` to its path (white space around the content is
ignored). \`--print-config\` prints what is in effect, with secrets masked, and exits.

${parts.join('\n')}`;
}

/** .env.example: the same keys, commented out with their defaults. */
export function renderEnvExample(): string {
  const parts = configRows.map(([key, row]) => {
    const comment = `# ${plain(row.doc)}${row.unit === undefined ? '' : ` Unit: ${row.unit}.`}`;
    const isRequired = row.default === undefined && row.optional === undefined;
    const value = row.default ?? row.example ?? '';
    return `${comment}\n${isRequired ? '' : '# '}${key}=${value}`;
  });
  return `# ${NOTICE}\n# Lines that are commented out show the default, or an example where there is none.\n\n${parts.join('\n\n')}\n`;
}

function meaning(row: ConfigKey): string {
  const unit = row.unit === undefined ? '' : ` Unit: ${row.unit}.`;
  return `${row.doc}${unit}${row.secret === undefined ? '' : ' *Secret.*'}`;
}

function defaultText(row: ConfigKey): string {
  if (row.default !== undefined) return `\`${row.default}\``;
  return row.optional ?? '**required**';
}

function plain(doc: string): string {
  return doc.replaceAll('`', '');
}
