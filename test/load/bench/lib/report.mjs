import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';

/** "AMD EPYC, 2 CPUs, Node v20.20.2, Redis 7.0.15, 2026-01-31". */
export function machineLine({ redisVersion } = {}) {
  const redis = redisVersion === undefined ? [] : [`Redis ${redisVersion}`];
  return [
    cpus()[0]?.model.trim() ?? 'unknown CPU',
    `${cpus().length} CPUs`,
    `Node ${process.version}`,
    ...redis,
    new Date().toISOString().slice(0, 10),
  ].join(', ');
}

/** A Markdown table whose columns are padded, so that it is readable in a terminal too. */
export function table(header, rows) {
  const cells = [header, ...rows].map((row) => row.map(String));
  const widths = header.map((_title, column) =>
    Math.max(...cells.map((row) => row[column].length)),
  );
  const line = (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [line(cells[0]), rule, ...cells.slice(1).map(line)].join('\n');
}

/** "1.23", or "-" when there is nothing to compare with. */
export function ratio(value, reference) {
  const quotient = value / reference;
  return Number.isFinite(quotient) ? quotient.toFixed(2) : '-';
}

/** One target and what was measured. `isReached` undefined: it could not be measured. */
export function target(wanted, measured, isReached) {
  const verdict = isReached === undefined ? 'not measured' : isReached ? 'reached' : 'NOT reached';
  return [wanted, measured, verdict];
}

/** Prints the report and, with `--out`, writes the same text to a file. */
export function publish(text, outFile) {
  process.stdout.write(`${text}\n`);
  if (outFile !== undefined) writeFileSync(outFile, `${text}\n`);
}
