const SEARCH_SENTENCE = 'Represent this sentence for searching relevant passages: ';

/**
 * The prefixes that embedding models were trained with. Source: the card of each model at
 * https://huggingface.co
 */
const PREFIXES: readonly { readonly model: RegExp; readonly query: string; readonly document: string }[] = [
  { model: /nomic-embed/, query: 'search_query: ', document: 'search_document: ' },
  { model: /embeddinggemma/, query: 'task: search result | query: ', document: 'title: none | text: ' },
  { model: /arctic-embed2/, query: 'query: ', document: '' },
  { model: /mxbai|arctic-embed|bge-(?:small|base|large)/, query: SEARCH_SENTENCE, document: '' },
  {
    model: /qwen3-embedding/,
    query: 'Instruct: Find the image whose description fits the words\nQuery:',
    document: '',
  },
  { model: /\be5\b/, query: 'query: ', document: 'passage: ' },
];

/** Returns the prefixes that a model expects before queries and documents. */
export function embeddingPrefixes(name: string): { readonly query: string; readonly document: string } {
  return PREFIXES.find(({ model }) => model.test(name.toLowerCase())) ?? { query: '', document: '' };
}
