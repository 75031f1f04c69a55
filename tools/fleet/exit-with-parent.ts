// Preloaded into every process of a local fleet (node --import). When the process that started it is gone, killed included, the
// channel to it closes: the replica then ends in its orderly way, and by force when it can't.
const ORDERLY_END_MS = 12_000;

process.once('disconnect', () => {
  setTimeout(() => process.exit(1), ORDERLY_END_MS).unref();
  process.kill(process.pid, 'SIGTERM');
});
// The listener alone would keep a tool alive that has nothing left to do.
process.channel?.unref();
