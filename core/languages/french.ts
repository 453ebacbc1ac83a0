import { destinations } from './french/destinations.ts';
import { exchanges } from './french/exchanges.ts';
import { json } from './french/json.ts';
import { problems } from './french/problems.ts';
import { resources } from './french/resources.ts';
import { schemas } from './french/schemas.ts';
import { settings } from './french/settings.ts';
import { templateFunctions } from './french/template-functions.ts';
import { templateSyntax } from './french/template-syntax.ts';
import { templateValues } from './french/template-values.ts';
import { values } from './french/values.ts';
import { words } from './french/words.ts';
import { type Catalogue, translation } from './translation.ts';

const NO_BREAK_SPACE = '\u00a0';

/** French separates these marks from the word beside them, but never by a line break. The console does the same. */
const typeset = (text: string): string => text.replace(/ (?=[:;?!»])|(?<=«) /g, NO_BREAK_SPACE);

/** Every reason that the API gives, by its English. */
export const reasons: Catalogue = {
  ...{
    ...problems,
    ...resources,
    ...settings,
    ...destinations,
    ...exchanges,
    ...json,
    ...schemas,
    ...values,
  },
  ...{ ...templateSyntax, ...templateValues, ...templateFunctions },
};

export { words };

/** Return a reason in French; it stays as it is if it is none of ours. */
export const inFrench = translation(reasons, words, typeset);
