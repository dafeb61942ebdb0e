/** An answer that calls tools. */
export class Calling {
  readonly calls: readonly FakeCall[];
  /** What is said before. */
  readonly text: string;

  constructor(calls: readonly FakeCall[], text = '') {
    this.calls = calls;
    this.text = text;
  }
}

export interface FakeCall {
  readonly name: string;
  /** As the model writes them: an object, or a text that may be no JSON. */
  readonly arguments: unknown;
}

/** One call. */
export const calling = (name: string, args: unknown, text?: string): Calling =>
  new Calling([{ name, arguments: args }], text);

/** As models write a call: where nobody has offered a tool, a server takes it for words. */
export const callsInWords = ({ calls, text }: Calling): string =>
  text + calls.map((call) => JSON.stringify({ name: call.name, parameters: call.arguments })).join('\n');
