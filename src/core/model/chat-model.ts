/** What a model may call. */
export interface Tool {
  readonly name: string;
  /** What it is for, in words for the model. */
  readonly description: string;
  /** A JSON schema of its arguments. */
  readonly parameters: object;
}

/** A call as a model wrote it: nobody has checked it. */
export interface ToolCall {
  readonly name: string;
  /** JSON, as a rule; cut where it goes on for ever. */
  readonly arguments: string;
}

/** A call of an earlier answer. */
export interface SentCall extends ToolCall {
  /** Names it among all calls of a request: nine letters and digits, for some templates take no other. */
  readonly id: string;
}

/** One turn of a conversation. Images stand before the words of their turn. */
export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  readonly content: string;
  readonly images?: readonly Uint8Array[];
  /** What an assistant called. */
  readonly calls?: readonly SentCall[];
  /** The call whose result a tool's message is. */
  readonly resultOf?: SentCall;
}

export interface ChatRequest {
  readonly messages: readonly ChatMessage[];
  /** A JSON schema that the answer should keep to. */
  readonly schema?: object;
  /** What the model may call instead of answering; left out for nothing. */
  readonly tools?: readonly Tool[];
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
  /** What the server marks as the model's reasoning (`thinking`, `reasoning_content`); left out for none. */
  readonly thought?: string;
  /** What it calls; they come whole. */
  readonly calls?: readonly ToolCall[];
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
