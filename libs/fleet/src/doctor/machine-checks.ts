import { FEW_OPEN_FILES } from '#libs/observability';
import { failed, ok, warning, type Finding } from './finding.js';

const MIB = 1024 ** 2;
/** What a replica needs beside what it caches: code, requests, jobs, imports. */
const BESIDE_CACHE_BYTES = 256 * MIB;

export interface MachineFacts {
  /** What the system lets the process have; undefined where it sets no limit. */
  readonly memoryLimitBytes: number | undefined;
  /** What V8 lets its heap grow to. */
  readonly heapLimitBytes: number;
  readonly cacheMaxBytes: number;
  readonly recordMaxBytes: number;
  readonly indexMaxBytes: number;
  /** Undefined where there is no limit, or none is told. */
  readonly openFiles: number | undefined;
}

/** Whether the machine gives what the configuration takes. */
export function machineFindings(facts: MachineFacts): Finding[] {
  return [memoryFinding(facts), heapFinding(facts), filesFinding(facts)];
}

function memoryFinding(facts: MachineFacts): Finding {
  const { memoryLimitBytes, cacheMaxBytes, recordMaxBytes, indexMaxBytes } = facts;
  const besideCache = recordMaxBytes + indexMaxBytes + BESIDE_CACHE_BYTES;
  const needed = cacheMaxBytes + besideCache;
  if (memoryLimitBytes === undefined) return ok('memory', 'the system sets no limit');
  const found = `${mib(memoryLimitBytes)} for a cache of ${mib(cacheMaxBytes)}, records of ${mib(recordMaxBytes)}, search indexes of ${mib(indexMaxBytes)} and ${mib(BESIDE_CACHE_BYTES)} beside them`;
  if (memoryLimitBytes >= needed) return ok('memory', found);
  return failed(
    'memory',
    found,
    `lower CACHE_MAX_BYTES to ${mib(Math.max(MIB, memoryLimitBytes - besideCache))} at most, or CACHE_RECORDS_MAX_BYTES, or SEARCH_INDEX_MAX_BYTES, or raise the memory limit to ${mib(needed)}`,
  );
}

function heapFinding({ memoryLimitBytes, heapLimitBytes, cacheMaxBytes }: MachineFacts): Finding {
  const found = `the heap may grow to ${mib(heapLimitBytes)}`;
  if (heapLimitBytes < cacheMaxBytes + BESIDE_CACHE_BYTES / 2) {
    return failed(
      'heap',
      `${found}, the cache to ${mib(cacheMaxBytes)}`,
      `start with NODE_OPTIONS=--max-old-space-size=${Math.ceil((cacheMaxBytes + BESIDE_CACHE_BYTES) / MIB)}, or lower CACHE_MAX_BYTES`,
    );
  }
  if (memoryLimitBytes !== undefined && heapLimitBytes > memoryLimitBytes) {
    return warning(
      'heap',
      `${found}, beyond the memory limit of ${mib(memoryLimitBytes)}`,
      `start with NODE_OPTIONS=--max-old-space-size=${Math.floor((memoryLimitBytes * 0.75) / MIB)}, so that memory is collected before the system ends the process`,
    );
  }
  return ok('heap', found);
}

function filesFinding({ openFiles }: MachineFacts): Finding {
  if (openFiles === undefined) return ok('open files', 'the system tells no limit');
  const found = `${openFiles} files and sockets`;
  if (openFiles >= FEW_OPEN_FILES) return ok('open files', found);
  return failed(
    'open files',
    found,
    'raise `ulimit -n` to 65536: every client holds a socket, and where they run out connections are refused without a word',
  );
}

const mib = (bytes: number) => `${Math.floor(bytes / MIB)} MiB`;
