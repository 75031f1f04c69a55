import type { ConfigKey } from './config-key.js';
import { configTable } from './config-table.js';
import type { Config, ConfigSource } from './load-config.js';

/**
 * The effective configuration, one `KEY=value` line per key with its origin, secrets masked.
 * Safe to print and to paste into a ticket.
 */
export function describeConfig(config: Config): string {
  const lines = config.sources.map((source) => {
    const value = displayText(source, config);
    return `${source.key}=${value}  # ${source.origin}`;
  });
  return [`# role: ${config.runtime.role}`, ...lines].join('\n');
}

function displayText(source: ConfigSource, config: Config): string {
  if (source.key === 'REPLICA_ID') return config.runtime.replicaId;
  if (source.text === undefined) return '';
  const row: ConfigKey = configTable[source.key];
  if (row.secret === 'all') return `*** (${source.text.length} characters)`;
  return row.secret === 'login' ? maskLogin(source.text) : source.text;
}

/** Hides passwords in URLs (user info and parameters) and in comma-separated connection strings. */
function maskLogin(text: string): string {
  return text
    .replace(/^([a-z+]+:\/\/)([^/?]*)@/i, (_all, scheme: string, login: string) => {
      const user = login.split(':')[0] ?? '';
      return `${scheme}${user}:***@`;
    })
    .replace(/((?:password|pwd|secret|token)[a-z]*=)[^,&]*/gi, '$1***');
}
