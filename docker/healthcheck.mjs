// Asks the replica of this container whether it is alive (or what the first argument names, such as /health/ready).
// Exit code 0 or 1, the reason on stderr.
const url = `http://127.0.0.1:${process.env.PORT ?? '3000'}${process.argv[2] ?? '/health/live'}`;
try {
  const response = await fetch(url, { signal: AbortSignal.timeout(2_500) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
