import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { briefFormat, elapsed, exactTime, relativeTime, ZONES, type Zone } from '../format/time.ts';
import { useLanguage } from './language.tsx';

interface ZoneChoice {
  readonly zone: Zone;
  choose(zone: Zone): void;
}

const STORED = 'ancrage.zone';
const ZoneContext = createContext<ZoneChoice | undefined>(undefined);

const storedZone = (): Zone => ZONES.find((zone) => zone === localStorage.getItem(STORED)) ?? 'local';

/** Provide the time zone in which times are shown and entered: the browser's, or UTC as in the API and the logs. */
export function ZoneProvider({ children }: { children: ReactNode }) {
  const [zone, setZone] = useState(storedZone);
  const choice = useMemo<ZoneChoice>(
    () => ({
      zone,
      choose(chosen) {
        localStorage.setItem(STORED, chosen);
        setZone(chosen);
      },
    }),
    [zone],
  );
  return <ZoneContext value={choice}>{children}</ZoneContext>;
}

export function useZone(): ZoneChoice {
  const choice = useContext(ZoneContext);
  if (choice === undefined) throw new Error('There is no ZoneProvider.');
  return choice;
}

/** Return functions that write times in the user's language and time zone. */
export function useTimes() {
  const { language } = useLanguage();
  const { zone } = useZone();
  return useMemo(
    () => ({
      /** With seconds and the zone. @param at ISO 8601 */
      exact: (at: string) => exactTime(at, language, zone),
      /** To the minute. @param at ISO 8601 */
      brief: (at: string) => briefFormat(language, zone).format(new Date(at)),
      /** To the minute, with what both times share only once. @param since ISO 8601 */
      range: (since: string, until: string) =>
        briefFormat(language, zone).formatRange(new Date(since), new Date(until)),
      /** @param distance from now, in milliseconds */
      relative: (distance: number) => relativeTime(distance, language),
      /** @param length of a time until now, in milliseconds */
      elapsed: (length: number) => elapsed(length, language),
    }),
    [language, zone],
  );
}
