import type { Violation } from '../../checker/violation.js';
import { ROWS, type Settings } from '../../world/settings.js';
import { READER_NAMES } from '../../world/simulated-readers.js';
import type { ExploredProcess } from '../process/explored-process.js';
import type { SqlContent, SqlContents } from './sql-content.js';
import type { Interned } from './interning.js';

/** Statements a follow may take; more, and it does not end. */
const MAX_STATEMENTS = 10;

/**
 * At the end of an interleaving: everybody was answered, and after one more follow whatever is held
 * equals the database. Then holes are given up, and nothing is left over.
 */
export async function verifyEnd(
  process: ExploredProcess,
  sql: SqlContents,
  content: Interned<SqlContent>,
  settings: Settings,
): Promise<readonly Violation[]> {
  const { watch, replica } = process;
  if (watch.waiting > 0) watch.report('availability', `${watch.waiting} readers wait for ever`);
  await follow(process, sql, content);
  for (const name of READER_NAMES) {
    for (const row of ROWS) {
      for (const part of replica.readers[name].inspect(row)?.value?.parts ?? []) {
        const current = content.revisions[part.row];
        if (part.revision === current) continue;
        const held = `${part.row}@${part.revision}, the database ${part.row}@${current}`;
        watch.report('convergence', `${name}:${row} still holds ${held}`);
      }
    }
  }
  await process.perform({ kind: 'wait', ms: settings.holeGiveUpMs });
  await follow(process, sql, content);
  const report = (what: string): void => watch.report('C7 no garbage', what);
  if (replica.follower.lag > 0) report(`holes never given up: ${replica.follower.lag}`);
  if (replica.coherence.journal.size > 0) report('the journal keeps records without a load');
  for (const name of READER_NAMES) {
    const reader = replica.readers[name];
    if (reader.loadsUnderWay > 0) report(`${reader.name} keeps loads that ended`);
    reader.clear();
    if (reader.size > 0 || reader.bytes !== 0) report(`${reader.name} keeps entries`);
  }
  if (replica.coherence.tags.size > 0) report('the tag index keeps tags of nothing');
  return watch.violations;
}

async function follow(
  process: ExploredProcess,
  sql: SqlContents,
  content: Interned<SqlContent>,
): Promise<void> {
  await process.perform({ kind: 'follow' });
  for (let statement = 0; statement < MAX_STATEMENTS; statement += 1) {
    const [open] = process.requests.list();
    if (open === undefined) return;
    const { slot, request } = open;
    if (request.kind === 'publish') await process.perform({ kind: 'published', slot });
    else await process.perform({ kind: 'answer', slot, sight: sql.look(content, request) });
  }
  process.watch.report('availability', 'a follow does not end');
}
