export interface ServerSentEvent {
  /** '' for none. */
  readonly name: string;
  readonly data: string;
}

/**
 * Reads server-sent events from the pieces of a stream. Used instead of a package that would make the Obsidian plugin
 * 3 kB larger.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
 */
export class EventLines {
  /** The incomplete last line. */
  #rest = '';
  #name = '';
  #data: string[] = [];

  /** @returns the events that are now complete */
  feed(text: string): ServerSentEvent[] {
    // A CR at the end may be the first half of a line break.
    const lines = (this.#rest + text).split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop() ?? '';
    return lines.flatMap((line) => this.#read(line));
  }

  #read(line: string): ServerSentEvent[] {
    if (line === '') return this.#dispatch();
    const [, field, value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (field === 'event') this.#name = value;
    if (field === 'data') this.#data.push(value);
    // Older builds of llama-server send `error:` instead of `data:`.
    return field === 'error' ? [{ name: '', data: `{"error":${value}}` }] : [];
  }

  #dispatch(): ServerSentEvent[] {
    const event = { name: this.#name, data: this.#data.join('\n') };
    const isEmpty = this.#data.length === 0;
    this.#name = '';
    this.#data = [];
    return isEmpty ? [] : [event];
  }
}
