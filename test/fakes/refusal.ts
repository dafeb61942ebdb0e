/** An error response, with the message in `error` and additional fields. */
export class Refusal extends Error {
  readonly status: number;
  readonly more: Readonly<Record<string, string>>;

  constructor(status: number, error: string, more: Readonly<Record<string, string>> = {}) {
    super(error);
    this.status = status;
    this.more = more;
  }
}

/** llama-server's response is copied as text into Ollama's `error`. */
export function nested(
  status: number,
  message: string,
  type: string,
  more: Record<string, number> = {},
): Refusal {
  return new Refusal(status, JSON.stringify({ error: { code: status, message, type, ...more } }));
}
