import { useEffect, useRef } from 'react';
import { Link } from 'wouter';
import { toPathSegment } from '../../../client/index.ts';
import type { FitWarning, Misfit } from '../api/types.ts';
import { useText } from '../i18n/language.tsx';
import { Notice } from '../ui/notice.tsx';
import { messages } from './messages.ts';
import { useWarnings } from './warnings.ts';

/** Notices of what was just saved but does not fit samples or the latest events. */
export function FitNotices() {
  const warnings = useWarnings();
  const place = useRef<HTMLDivElement>(null);
  // The button that saves may be a screen further down.
  useEffect(() => {
    if (warnings.length > 0) place.current?.scrollIntoView({ block: 'nearest' });
  }, [warnings]);
  if (warnings.length === 0) return null;
  return (
    <div role="status" className="stack fit-notices" ref={place}>
      {warnings.map((warning) => (
        <FitNotice key={warning.kind} {...warning} />
      ))}
    </div>
  );
}

function FitNotice({ kind, checked, failed, stoppedEarly, misfits }: FitWarning) {
  const t = useText(messages);
  const more = failed - misfits.length;
  return (
    <Notice tone="warn" icon="warning" title={t(kind)}>
      <p>{t(`${kind}Text`, { count: failed, checked })}</p>
      {misfits.length > 0 && (
        <ul className="misfits">
          {misfits.map((misfit) => (
            <li key={`${misfit.type} ${misfit.eventId ?? misfit.sample}`}>
              <Name {...misfit} /> <code>{misfit.detail}</code>
            </li>
          ))}
          {more > 0 && <li>{t('more', { count: more })}</li>}
        </ul>
      )}
      {stoppedEarly && kind !== 'unchecked' && <p>{t('stoppedEarly')}</p>}
    </Notice>
  );
}

function Name({ type, eventId, sample }: Misfit) {
  const t = useText(messages);
  if (eventId === null) return <span>{t('sample', { number: sample ?? '', type })}</span>;
  return <Link href={`/events/${toPathSegment(eventId)}`}>{t('event', { id: eventId, type })}</Link>;
}
