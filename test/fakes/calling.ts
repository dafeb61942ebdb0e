/** An answer with tool calls. */
export class Calling {
  readonly calls: readonly FakeCall[];
  /** The text before the calls. */
  readonly text: string;

  constructor(calls: readonly FakeCall[], text = '') {
    this.calls = calls;
    this.text = text;
  }
}

export interface FakeCall {
  readonly name: string;
  /** As written by the model: an object, or text that may be invalid JSON. */
  readonly arguments: unknown;
}

/** A single tool call. */
export const calling = (name: string, args: unknown, text?: string): Calling =>
  new Calling([{ name, arguments: args }], text);

/** A tool call as text: without offered tools, a server does not parse it. */
export const callsInWords = ({ calls, text }: Calling): string =>
  text + calls.map((call) => JSON.stringify({ name: call.name, parameters: call.arguments })).join('\n');
