import { ApiError, type Fault } from '../api/api-error.ts';
import { Icon } from './icon.tsx';
import { Failure } from './states.tsx';

/** The faults in an API response. */
export function Faults({ faults }: { faults: readonly Fault[] }) {
  return (
    <ul>
      {faults.map(({ path, message }) => (
        <li key={`${path} ${message}`}>
          {path && <code>{path}</code>} {message}
        </li>
      ))}
    </ul>
  );
}

/** Why a request failed: the faults that the API found in it, if there are any. */
export function RequestFailure({ error }: { error: Error }) {
  if (!(error instanceof ApiError) || error.faults.length === 0) return <Failure error={error} />;
  return (
    <div className="notice bad" role="alert">
      <Icon name="warning" />
      <Faults faults={error.faults} />
    </div>
  );
}
