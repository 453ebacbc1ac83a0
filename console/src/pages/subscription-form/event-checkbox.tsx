import { matches } from './event-groups.ts';
import { useForm } from './form-context.ts';

interface EventCheckboxProps {
  /** An event type or a pattern. */
  readonly event: string;
  readonly label?: string;
  readonly hint?: string | undefined;
  readonly strong?: boolean;
}

export function EventCheckbox({ event, label, hint, strong = false }: EventCheckboxProps) {
  const { draft, change } = useForm();
  const selected = draft.events.includes(event);
  // A type that a wider pattern matches cannot be deselected.
  const included =
    !selected &&
    draft.events.some((pattern) => pattern !== event && matches(pattern, event.replace(/\*$/, 'x')));
  return (
    <label className="choice">
      <input
        type="checkbox"
        checked={selected || included}
        disabled={included}
        onChange={({ target }) =>
          change({
            events: target.checked
              ? [...draft.events, event]
              : draft.events.filter((other) => other !== event),
          })
        }
      />
      <span className={strong ? 'event-name strong' : 'event-name'}>
        {label ?? <code>{event}</code>} {hint && <span className="hint">{hint}</span>}
      </span>
    </label>
  );
}
