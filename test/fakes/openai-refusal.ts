/** An answer of the fake with an error, as llama-server words it. */
export class OpenAiRefusal extends Error {
  readonly status: number;
  readonly body: object;

  constructor(status: number, message: string, type: string, more: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.status = status;
    this.body = { error: { code: status, message, type, ...more } };
  }
}
