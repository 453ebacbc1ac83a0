/**
 * The stages in the order in which an event passes them, and the most modules on a path from the stage's handler to a port,
 * the adapter included. With more, a newcomer loses the thread. The pump's turn stands before the attempt, which it shares
 * with deliver.
 */
export const MOST_MODULES: Readonly<Record<string, number>> = {
  publish: 8,
  'fan-out': 8,
  deliver: 8,
  pump: 9,
  sweep: 8,
};
