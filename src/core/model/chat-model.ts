/** A tool that a model may call. */
export interface Tool {
  readonly name: string;
  /** The description sent to the model. */
  readonly description: string;
  /** A JSON schema of the arguments. */
  readonly parameters: object;
}

/** A tool call as the model wrote it, not validated. */
export interface ToolCall {
  readonly name: string;
  /** Usually JSON; truncated if too long. */
  readonly arguments: string;
}

/** A tool call from an earlier answer. */
export interface SentCall extends ToolCall {
  /** Unique id within a request. Nine letters and digits, because some chat templates accept nothing else. */
  readonly id: string;
}

/** One turn of a conversation. Images precede the text of their turn. */
export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  readonly content: string;
  readonly images?: readonly Uint8Array[];
  /** The tool calls of an assistant message. */
  readonly calls?: readonly SentCall[];
  /** The call that a tool message answers. */
  readonly resultOf?: SentCall;
}

export interface ChatRequest {
  readonly messages: readonly ChatMessage[];
  /** A JSON schema that the answer should match. */
  readonly schema?: object;
  /** The tools the model may call instead of answering; omitted for none. */
  readonly tools?: readonly Tool[];
  /** Maximum length of the answer, in tokens. */
  readonly maxTokens: number;
}

/**
 * Why an answer ended: the model finished; it reached the token limit or the end of its context; or the
 * server stopped it silently, as Ollama does when a model repeats itself.
 */
export type ChatEnd = 'done' | 'length' | 'cut';

/** What a server generated for an answer, as it reports it. */
export interface Generated {
  readonly tokens: number;
  /** The time it took; null if the server does not report it. */
  readonly milliseconds: number | null;
}

/** A part of an answer. `end` is null except in the last part. */
export interface ChatDelta {
  readonly text: string;
  /** The part that the server marks as reasoning (`thinking`, `reasoning_content`); omitted if there is none. */
  readonly thought?: string;
  /** Complete tool calls. */
  readonly calls?: readonly ToolCall[];
  /** In the last part, if the server reports it. */
  readonly generated?: Generated;
  readonly end: ChatEnd | null;
}

/** A model that answers chat requests. */
export interface ChatModel {
  /**
   * Sends a request and streams the answer. Leaving the loop early cancels the request.
   * @throws NotesightError every code of a server or model; `cancelled` when the signal is aborted
   */
  chat(request: ChatRequest, signal: AbortSignal): AsyncIterable<ChatDelta>;
}
