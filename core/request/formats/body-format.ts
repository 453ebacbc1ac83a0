import type { EventScope } from '../../customer-code/event-scope.ts';
import type { Event } from '../../model/event.ts';
import type { Project } from '../../model/project.ts';
import type { Subscription } from '../../model/subscription.ts';

export const JSON_TYPE = 'application/json';

export interface RequestBody {
  readonly body: string;
  readonly contentType: string;
}

interface FormatInput {
  readonly event: Event;
  readonly subscription: Subscription;
  /** The event as conditions and templates read it. */
  readonly scope: EventScope;
  /** The event's project, looked up only where `needsProject` says so. */
  readonly project: Project | null;
}

/** Settings of a subscription that apply to some formats only. */
export type FormatSetting = 'fields' | 'fieldsEncoding' | 'template';

/** One way to turn an event into a request body. The API, its document and the console's form read these descriptors. */
export interface BodyFormat {
  /** Describes the body to users: CommonMark, a sentence without its subject. */
  readonly description: string;
  /** The settings that this format reads. */
  readonly settings?: readonly FormatSetting[];
  /** The setting without which no body can be made. */
  readonly requires?: FormatSetting;
  /** Defaults of a new subscription with this format that differ from those of the others. */
  readonly defaults?: Partial<Pick<Subscription, 'retry' | 'signature' | 'onGone'>>;
  /** Whether the body of a subscription tells about the project, which costs a look-up for each request. */
  needsProject?(subscription: Subscription): boolean;
  /** @throws RenderError */
  render(input: FormatInput): RequestBody;
}
