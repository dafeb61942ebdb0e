/** Turns words into vectors whose directions are near where their meanings are, across languages for most models. */
export interface EmbeddingModel {
  /** Changes with the weights: vectors of different models can't be compared. */
  readonly id: string;
  /**
   * @param kind what is looked for, or what is looked through: many models want to be told
   * @returns a vector for each text, in order, all of one length
   * @throws NotesightError every code of a server or model; `cancelled` when the signal is aborted
   */
  embed(
    texts: readonly string[],
    kind: 'query' | 'document',
    signal: AbortSignal,
  ): Promise<readonly (readonly number[])[]>;
}
