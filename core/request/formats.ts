import type { BodyFormat } from './formats/body-format.ts';
import { cloudevents } from './formats/cloudevents.ts';
import { data } from './formats/data.ts';
import { fields } from './formats/fields.ts';
import { hirehop } from './formats/hirehop.ts';
import { standard } from './formats/standard.ts';
import { template } from './formats/template.ts';
import { weavy } from './formats/weavy.ts';

/** Every body format by the name that subscriptions give. To add one, write its file and name it here. */
export const formats: Readonly<Record<string, BodyFormat>> = {
  standard,
  data,
  cloudevents,
  fields,
  template,
  weavy,
  hirehop,
};

export const FORMAT_NAMES: readonly string[] = Object.keys(formats);
