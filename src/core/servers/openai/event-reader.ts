import { createParser } from 'eventsource-parser';

/** The data of the last event of a stream. */
const DONE = '[DONE]';

/** An event of a stream: an object, or the mark of a complete answer. */
export type StreamEvent =
  { readonly name: string; readonly value: Readonly<Record<string, unknown>> } | typeof END;

export const END = 'end';

/** Reads the body of a response: a stream of events, or a single JSON object from a server that doesn't stream. */
export class EventReader {
  /** The body so far if it is a single JSON object; null if it is a stream, undefined until that is known. */
  #json: string | null | undefined;
  readonly #events: StreamEvent[] = [];
  readonly #parser = createParser({
    onEvent: ({ event = '', data }) => {
      this.#add(event, data);
    },
    // Older builds of llama-server send `error:` instead of `data:`.
    onError: ({ field, value }) => {
      if (field === 'error' && value !== undefined) this.#add('', `{"error":${value}}`);
    },
  });

  /**
   * @returns the events that are now complete
   * @throws SyntaxError for a malformed event
   */
  feed(text: string): StreamEvent[] {
    // The first character decides: proxies change the content type.
    if (this.#json === undefined && text.trim() !== '') {
      this.#json = text.trimStart().startsWith('{') ? '' : null;
    }
    if (typeof this.#json === 'string') this.#json += text;
    else this.#parser.feed(text);
    return this.#taken();
  }

  /**
   * Call this at the end of the body.
   * @returns the last events
   * @throws SyntaxError for a malformed JSON object
   */
  end(): StreamEvent[] {
    if (typeof this.#json === 'string') {
      this.#add('', this.#json);
      return [...this.#taken(), END];
    }
    try {
      // The blank line after the last event may be missing. A truncated event is dropped.
      this.#parser.feed('\n\n');
      return this.#taken();
    } catch {
      return [];
    }
  }

  #add(name: string, data: string): void {
    const text = data.trim();
    if (text === DONE) this.#events.push(END);
    // Any other data that is not an object is a comment or a ping: `data: : PROCESSING`.
    else if (text.startsWith('{'))
      this.#events.push({ name, value: JSON.parse(text) as Record<string, unknown> });
  }

  #taken(): StreamEvent[] {
    return this.#events.splice(0);
  }
}
