/** One turn of a conversation. Images stand before the words of their turn. */
export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
  readonly images?: readonly Uint8Array[];
}

export interface ChatRequest {
  readonly messages: readonly ChatMessage[];
  /** A JSON schema that the answer should keep to. */
  readonly schema?: object;
  /** The longest answer, in tokens. */
  readonly maxTokens: number;
}

/**
 * Why an answer ended: the model was done; it came to the token limit or the edge of its context; or the server
 * ended it without a word, as Ollama does with a model that repeats itself.
 */
export type ChatEnd = 'done' | 'length' | 'cut';

/** A piece of an answer. `end` is null but for the last one. */
export interface ChatDelta {
  readonly text: string;
  readonly end: ChatEnd | null;
}

/** A model that can be talked to. */
export interface ChatModel {
  /**
   * Leaving the loop early ends the request.
   * @throws NotesightError every code of a server or model; `cancelled` when the signal is aborted
   */
  chat(request: ChatRequest, signal: AbortSignal): AsyncIterable<ChatDelta>;
}
