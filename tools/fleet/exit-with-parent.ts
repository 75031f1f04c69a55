// Preloaded into every process of a local fleet (node --import). When the process that started it is gone, killed included, the
// channel to it closes: the process then ends in its orderly way, and by force when it can't.
const ORDERLY_END_MS = 12_000;

process.once('disconnect', () => {
  setTimeout(() => process.exit(1), ORDERLY_END_MS).unref();
  // A replica stops by itself at this event, and would take a signal on top of it for impatience.
  if (process.listenerCount('disconnect') === 0) process.kill(process.pid, 'SIGTERM');
});
// The listener alone would keep a tool alive that has nothing left to do.
process.channel?.unref();
