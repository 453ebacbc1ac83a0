/** `npm` passes a Ctrl-C on to a process that the terminal has already told: two signals this close are one. */
const SAME_SIGNAL_MS = 250;

/** Aborted by the first SIGINT or SIGTERM, so that what was made can be removed; a second one ends the process. */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  let firstAt = 0;
  const onSignal = () => {
    if (firstAt === 0) {
      firstAt = Date.now();
      controller.abort();
    } else if (Date.now() - firstAt > SAME_SIGNAL_MS) {
      process.exit(1);
    }
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return controller.signal;
}
