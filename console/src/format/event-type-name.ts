import { eventTypeName } from 'virtual:event-type-name';

const PATTERN = new RegExp(eventTypeName.pattern, 'u');

/** Whether the API takes a text as the name of an event type. */
export const isEventTypeName = (text: string): boolean =>
  text.length <= eventTypeName.maxLength && PATTERN.test(text);
