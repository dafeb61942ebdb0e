/** A model that a server has. */
export interface ServerModel {
  /** As the server spells it, with its tag. */
  readonly name: string;
  /** Changes with its weights; '' where the server doesn't say. */
  readonly digest: string;
  /** On the server's disk; 0 where the server doesn't say. */
  readonly sizeBytes: number;
  readonly family: string;
  /** As the server writes it: `4.3B`; '' where it doesn't. */
  readonly parameters: string;
  /** Whether it can be shown images. Not every server tells: then it is what the model's name tells. */
  readonly supportsImages: boolean;
  /** Whether `supportsImages` is only taken from the name. */
  readonly guessed: boolean;
  /** Whether it can be talked to; others only compute embeddings. Servers before 0.30 don't say: then it is taken for true. */
  readonly canChat: boolean;
  /** Whether it computes embeddings. Servers before 0.30 don't say: then it is taken for false. */
  readonly canEmbed: boolean;
  /** Whether the server hands requests on to another machine: images leave this one. */
  readonly cloud: boolean;
  /** Whether it is in memory now and answers without being loaded. */
  readonly loaded: boolean;
}

/** What a server speaks: the language of Ollama, or that of OpenAI, as llama-server, LM Studio, vLLM and gateways do. */
export type ServerApi = 'ollama' | 'openai';
