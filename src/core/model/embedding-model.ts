/**
 * Turns texts into vectors; texts with similar meanings get vectors with similar directions, with most models
 * across languages.
 */
export interface EmbeddingModel {
  /** Changes with the weights, because vectors of different models can't be compared. */
  readonly id: string;
  /**
   * @param kind whether the texts are search queries or documents; many models need to distinguish them
   * @returns a vector for each text, in order, all of the same length
   * @throws NotesightError every code of a server or model; `cancelled` when the signal is aborted
   */
  embed(
    texts: readonly string[],
    kind: 'query' | 'document',
    signal: AbortSignal,
  ): Promise<readonly (readonly number[])[]>;
}
