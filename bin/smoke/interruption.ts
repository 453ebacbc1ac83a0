/** Both the terminal and `npm` send the signal of one Ctrl-C, so treat two signals this close as one. */
const SAME_SIGNAL_MS = 250;

/**
 * Return a signal that the first SIGINT or SIGTERM aborts, so that the run can clean up; a second one ends the process. It is
 * aborted as well when nobody reads standard output any more, as after `| head`.
 */
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
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    controller.abort();
  });
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return controller.signal;
}
