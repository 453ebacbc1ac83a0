import type { Fault } from '../api/api-error.ts';
import { Icon } from './icon.tsx';

interface FaultsProps {
  readonly faults: readonly Fault[];
}

/** The faults in an API response. */
export function Faults({ faults }: FaultsProps) {
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

export function FaultNotice({ faults }: FaultsProps) {
  return (
    <div className="notice bad" role="alert">
      <Icon name="warning" />
      <Faults faults={faults} />
    </div>
  );
}
