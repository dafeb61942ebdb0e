/** A model on a server. */
export interface ServerModel {
  /** The name as the server spells it, including its tag. */
  readonly name: string;
  /** Changes with the weights; '' if the server doesn't report it. */
  readonly digest: string;
  /** Size on the server's disk; 0 if the server doesn't report it. */
  readonly sizeBytes: number;
  readonly family: string;
  /** As reported by the server: `4.3B`; '' if it isn't. */
  readonly parameters: string;
  /** Whether the model supports images. If the server doesn't report it, guessed from the name. */
  readonly supportsImages: boolean;
  /** Whether `supportsImages` was guessed from the name. */
  readonly guessed: boolean;
  /**
   * Whether the model can chat instead of only computing embeddings. Assumed true for servers before 0.30,
   * which don't report it.
   */
  readonly canChat: boolean;
  /** Whether the model computes embeddings. Assumed false for servers before 0.30, which don't report it. */
  readonly canEmbed: boolean;
  /** Whether the server forwards requests to another computer, so that images leave this one. */
  readonly cloud: boolean;
  /** Whether the model is in memory and answers without being loaded. */
  readonly loaded: boolean;
}

/** The API of a server: Ollama, or OpenAI as in llama-server, LM Studio, vLLM and gateways. */
export type ServerApi = 'ollama' | 'openai';
