/** What programs are built for: the system, the processor and, on Linux, the C library ("glibc", "musl"). */
export function thisMachine() {
  const { platform, arch } = process;
  return { platform, arch, libc: platform === 'linux' ? cLibrary() : undefined };
}

function cLibrary() {
  // Without this the report looks up the names of all open connections.
  process.report.excludeNetwork = true;
  return process.report.getReport().header.glibcVersionRuntime === undefined ? 'musl' : 'glibc';
}
