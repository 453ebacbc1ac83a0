import { takes } from './event-groups.ts';
import { useForm } from './form-context.ts';

interface EventTickProps {
  /** A type or a pattern. */
  readonly event: string;
  readonly label?: string;
  readonly hint?: string | undefined;
  readonly strong?: boolean;
}

export function EventTick({ event, label, hint, strong = false }: EventTickProps) {
  const { draft, change } = useForm();
  const ticked = draft.events.includes(event);
  // What a wider pattern takes anyway cannot be left out.
  const included =
    !ticked && draft.events.some((pattern) => pattern !== event && takes(pattern, event.replace(/\*$/, 'x')));
  return (
    <label className="choice">
      <input
        type="checkbox"
        checked={ticked || included}
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
