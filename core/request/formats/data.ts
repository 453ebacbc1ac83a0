import { type BodyFormat, JSON_TYPE } from './body-format.ts';

export const data: BodyFormat = {
  description: "the event's data alone",
  render: ({ event }) => ({ contentType: JSON_TYPE, body: event.data }),
};
