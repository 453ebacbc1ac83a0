import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { type Language, preferredLanguage, type Texts } from '../../core/languages/language.ts';
import type { Translate } from '../../core/languages/translation.ts';

/** The language of a response's texts. */
export class Speech {
  readonly language: Language;
  readonly #translate: Translate;
  #isUsed = false;

  constructor(language: Language, translate: Translate) {
    this.language = language;
    this.#translate = translate;
  }

  /** Whether the response has a text that depends on the language. */
  get isUsed(): boolean {
    return this.#isUsed;
  }

  /** Return a reason as the caller reads it. */
  readonly say: Translate = (reason) => {
    this.#isUsed = true;
    return this.#translate(reason);
  };

  /** Return the text of the language that the caller reads. */
  readonly choose = (texts: Texts): string => {
    this.#isUsed = true;
    return texts[this.language];
  };
}

const english = () => new Speech('en', (reason) => reason);

/** A request before any middleware has looked at it, or after. */
interface Spoken {
  readonly headers?: Readonly<Record<string, string | undefined>>;
  speech?: Speech;
}

/** Return the speech of a request; English if a failure came before it was known. */
export const speechOf = ({ speech }: Spoken): Speech => speech ?? english();

/**
 * Find out which language the caller reads, and say so in the response if it has a text that depends on it. The catalogue is
 * loaded for those who read French only.
 */
export function languages(): MiddlewareObj<Spoken, APIGatewayProxyStructuredResultV2> {
  const end = (request: {
    event: Spoken;
    response?: APIGatewayProxyStructuredResultV2 | null | undefined;
  }) => {
    const { speech } = request.event;
    if (!request.response || !speech?.isUsed) return;
    request.response.headers = {
      ...request.response.headers,
      'content-language': speech.language,
      vary: 'accept-language',
    };
  };
  return {
    before: async ({ event }) => {
      const language = preferredLanguage(event.headers?.['accept-language']);
      event.speech = language === 'fr' ? new Speech(language, (await import('#french')).inFrench) : english();
    },
    after: end,
    onError: end,
  };
}
