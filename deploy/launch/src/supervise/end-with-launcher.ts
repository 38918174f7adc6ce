// Loaded before a service's main: when the launcher is killed its channel closes, and the service stops in order.
const GRACE_MS = 12_000;

process.once('disconnect', () => {
  setTimeout(() => process.exit(1), GRACE_MS).unref();
  process.kill(process.pid, 'SIGTERM');
});
// Listening must not keep a process alive that has nothing else to do.
process.channel?.unref();
