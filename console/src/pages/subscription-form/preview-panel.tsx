import { useEffect, useId, useState } from 'react';
import { ApiError, type Fault } from '../../api/api-error.ts';
import type { Preview, PreviewFault } from '../../api/types.ts';
import { toCurl } from '../../format/curl.ts';
import { useText } from '../../i18n/language.tsx';
import { CodeView } from '../../ui/code-view.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Faults } from '../../ui/fault-list.tsx';
import { HeaderList } from '../../ui/header-list.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Failure, Loading } from '../../ui/states.tsx';
import { settingFaults } from './faults.ts';
import { useForm } from './form-context.ts';
import { previewMessages } from './preview-messages.ts';
import { PreviewSourceChoice } from './preview-source.tsx';
import { type PreviewSource, usePreview } from './use-preview.ts';

const NONE: readonly Fault[] = [];

interface PreviewPanelProps {
  onRefused(faults: readonly Fault[]): void;
  onFailing(fault: PreviewFault | undefined): void;
}

/** A preview of the request that the draft would send. */
export function PreviewPanel({ onRefused, onFailing }: PreviewPanelProps) {
  const t = useText(previewMessages);
  const titleId = useId();
  const { draft } = useForm();
  const [source, setSource] = useState<PreviewSource>({ kind: 'latest' });
  const { data, error } = usePreview(draft, source);
  useEffect(() => {
    onRefused(error instanceof ApiError ? settingFaults(error.faults) : NONE);
  }, [error, onRefused]);
  const { setting, line } = data?.fault ?? {};
  useEffect(() => {
    onFailing(setting && line ? { setting, line } : undefined);
  }, [setting, line, onFailing]);
  return (
    <section className="card preview" aria-labelledby={titleId}>
      <header>
        <h2 id={titleId}>{t('title')}</h2>
        <p className="hint">{t('lead')}</p>
      </header>
      <div className="stack">
        <PreviewSourceChoice source={source} onChange={setSource} />
        {error instanceof ApiError ? (
          <Refusal error={error} />
        ) : error ? (
          <Failure error={error} />
        ) : data ? (
          <PreviewedRequest preview={data} />
        ) : (
          <Loading />
        )}
      </div>
    </section>
  );
}

function Refusal({ error }: { error: ApiError }) {
  const t = useText(previewMessages);
  return (
    <div className="notice warn">
      <Icon name="warning" />
      <div>
        <strong>{t('refused')}</strong>
        {error.faults.length === 0 && <p>{error.message}</p>}
        <Faults faults={settingFaults(error.faults)} />
      </div>
    </div>
  );
}

function PreviewedRequest({ preview: { conditionHolds, request, detail } }: { preview: Preview }) {
  const t = useText(previewMessages);
  const { draft } = useForm();
  return (
    <>
      {draft.condition !== '' && (
        <p className={`notice ${conditionHolds === true ? '' : 'warn'}`} aria-live="polite">
          <Icon name={conditionHolds === true ? 'ok' : 'warning'} />
          {conditionHolds === null ? t('noValue') : t(conditionHolds ? 'holds' : 'holdsNot')}
        </p>
      )}
      {request === null ? (
        <p className="notice bad">
          <Icon name="warning" />
          <span>
            <strong>{t('noRequest')}.</strong> {detail}
          </span>
        </p>
      ) : (
        <>
          <p className="request-line">
            <strong>{request.method}</strong> {request.url}
            <CopyButton text={toCurl(request)} label={t('curl')} />
          </p>
          <h3>{t('headers')}</h3>
          <HeaderList headers={request.headers} />
          <h3>{t('body')}</h3>
          <CodeView label={t('requestBody')} text={request.body} />
        </>
      )}
    </>
  );
}
