import * as z from 'zod';

/** Return the messages in an answer of Frappe's API, which are JSON objects as text in a JSON array as text. Empty if it has none. */
export function serverMessagesIn(body: string): readonly string[] {
  const messages = answerSchema.safeParse(body);
  return messages.success ? messages.data._server_messages.map(({ message }) => message) : [];
}

const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' };

/** Return the text of a warning, which is HTML with breaks between its lines. */
export const asText = (html: string): string =>
  html.replaceAll('<br>', '; ').replace(/&(?:amp|lt|gt|quot);/g, (entity) => ENTITIES[entity] ?? entity);

const jsonText = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'is not JSON' });
    return z.NEVER;
  }
});

const answerSchema = jsonText.pipe(
  z.object({ _server_messages: jsonText.pipe(z.array(jsonText.pipe(z.object({ message: z.string() })))) }),
);
