/** An error response with llama-server's message. */
export class OpenAiRefusal extends Error {
  readonly status: number;
  readonly body: object;

  constructor(status: number, message: string, type: string, more: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.status = status;
    this.body = { error: { code: status, message, type, ...more } };
  }
}
