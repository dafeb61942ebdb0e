import { createParser } from 'eventsource-parser';

/** The data of the last event of a stream. */
const DONE = '[DONE]';

/** An event of a stream: an object, or the mark that the answer is whole. */
export type StreamEvent =
  { readonly name: string; readonly value: Readonly<Record<string, unknown>> } | typeof END;

export const END = 'end';

/** Turns the body of an answer into events: a stream of events, or one JSON object where the server doesn't stream. */
export class EventReader {
  /** All of a body that is one JSON object; null where it is a stream of events, undefined until that is known. */
  #json: string | null | undefined;
  readonly #events: StreamEvent[] = [];
  readonly #parser = createParser({
    onEvent: ({ event = '', data }) => {
      this.#add(event, data);
    },
    // Older builds of llama-server name the field of an error so.
    onError: ({ field, value }) => {
      if (field === 'error' && value !== undefined) this.#add('', `{"error":${value}}`);
    },
  });

  /** @returns the events that are whole now @throws SyntaxError for a broken event */
  feed(text: string): StreamEvent[] {
    // What the body is, is told by its beginning: proxies change its type.
    if (this.#json === undefined && text.trim() !== '') {
      this.#json = text.trimStart().startsWith('{') ? '' : null;
    }
    if (typeof this.#json === 'string') this.#json += text;
    else this.#parser.feed(text);
    return this.#taken();
  }

  /** The events that were still to come when the body ended. @throws SyntaxError for one JSON object that is broken */
  end(): StreamEvent[] {
    if (typeof this.#json === 'string') {
      this.#add('', this.#json);
      return [...this.#taken(), END];
    }
    try {
      // The last event may lack the blank line behind it. One that is cut is none.
      this.#parser.feed('\n\n');
      return this.#taken();
    } catch {
      return [];
    }
  }

  #add(name: string, data: string): void {
    const text = data.trim();
    if (text === DONE) this.#events.push(END);
    // Whatever else is no object is a comment or a ping: `data: : PROCESSING`.
    else if (text.startsWith('{'))
      this.#events.push({ name, value: JSON.parse(text) as Record<string, unknown> });
  }

  #taken(): StreamEvent[] {
    return this.#events.splice(0);
  }
}
