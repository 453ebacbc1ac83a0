/** Paths on a 16 × 16 grid, stroked in the text colour. */
const PATHS = {
  overview: 'M2 13h12M3.5 13V8.5M7 13V3M10.5 13V6.5M13.5 13V9.5',
  subscriptions:
    'M6.5 9.5 9.5 6.5M7.2 4.3l1.3-1.3a3 3 0 0 1 4.3 4.3l-1.4 1.3M8.8 11.7l-1.3 1.3a3 3 0 0 1-4.3-4.3l1.4-1.3',
  log: 'M2.5 4h11M2.5 8h11M2.5 12h7',
  events: 'M8.8 1.8 3.5 9.2h4l-.4 5 5.4-7.5h-4z',
  types: 'M2.5 2.5h5l6 6-5 5-6-6zM5.3 5.3h.01',
  usage: 'M2.2 12.5a6.3 6.3 0 1 1 11.6 0M8 10.5 10.8 6.7',
  ok: 'M3 8.5 6.5 12 13 4.5',
  warning: 'M8 2.2 14.5 13.5h-13zM8 6.5v3.2M8 11.5v.1',
  down: 'M5 5l6 6M11 5l-6 6',
  off: 'M4 8h8',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  resume: 'M5 3.2v9.6L12.5 8z',
  clock: 'M8 4.5V8l2.3 1.7M8 14.3A6.3 6.3 0 1 0 8 1.7a6.3 6.3 0 0 0 0 12.6z',
  plus: 'M8 3v10M3 8h10',
  copy: 'M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.3 10.3 14 14',
  replay: 'M3 8a5 5 0 1 0 1.6-3.7M4.3 1.8v2.7H7',
  send: 'M14 2 7 9M14 2 9.5 14 7 9 2 6.5z',
  back: 'M9.5 3.5 5 8l4.5 4.5',
  forward: 'M6.5 3.5 11 8l-4.5 4.5',
  close: 'M4 4l8 8M12 4l-8 8',
  trash: 'M2.5 4.2h11M6 4V2.5h4V4M4 4.2l.6 9.3h6.8l.6-9.3M6.7 7v4M9.3 7v4',
  eye: 'M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8zM8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
  unfold: 'M4.5 6.5 8 10l3.5-3.5',
  external: 'M6.5 3H3v10h10V9.5M9 2.5h4.5V7M13.5 2.5 7.5 8.5',
} as const;

export type IconName = keyof typeof PATHS;

/** A decorative icon, hidden from screen readers: the text beside it carries the meaning. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
