import type { Texts } from '../languages/language.ts';
import type { EventType } from '../model/event-type.ts';
import type { Preset } from '../model/preset.ts';

type Described = Pick<EventType, 'type' | 'description'>;

/** The descriptions of the event types of presets, in each language. Event types are stored with the English one. */
export class CatalogueTexts {
  readonly #texts: ReadonlyMap<string, Texts>;

  constructor(presets: readonly Preset[]) {
    const entries = presets.flatMap((preset) => preset.entries);
    this.#texts = new Map(entries.map(({ eventType, description }) => [eventType.type, description]));
  }

  /** Return the texts of a description; null if it is no longer the catalogue's, because somebody has changed it. */
  of({ type, description }: Described): Texts | null {
    const texts = this.#texts.get(type);
    return texts !== undefined && Object.values(texts).includes(description ?? '') ? texts : null;
  }

  /**
   * Return an event type as it is stored: whoever reads it in French and sends it back with another change has not changed its
   * description.
   */
  stored<Sent extends Described>(eventType: Sent): Sent {
    const texts = this.of(eventType);
    return texts === null ? eventType : { ...eventType, description: texts.en };
  }
}
