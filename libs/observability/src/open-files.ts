/** What a replica is planned with: each client has a connection, each thread and pool some more. */
export const FEW_OPEN_FILES = 1_024;

/**
 * How many files and sockets this process may have open; undefined where there is no limit or none is told.
 * Node.js has raised it to what the system allows.
 */
export function openFileLimit(): number | undefined {
  // The types of Node.js do not know that setting yet.
  const report = process.report as typeof process.report & { excludeNetwork: boolean };
  const before = report.excludeNetwork;
  // Looking up the names of all peers takes long.
  report.excludeNetwork = true;
  try {
    const { userLimits } = report.getReport() as {
      readonly userLimits?: { readonly open_files?: { readonly soft?: unknown } };
    };
    const soft = userLimits?.open_files?.soft;
    return typeof soft === 'number' ? soft : undefined;
  } finally {
    report.excludeNetwork = before;
  }
}
