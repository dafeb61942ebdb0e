import { createLook } from '../../core/ask/tools/look-at.ts';
import type { Toolbox } from '../../core/ask/tools/toolbox.ts';
import { foundNoteImage } from '../../core/ask/tools/found-note-image.ts';
import type { ConversationModel } from '../../core/model/conversation-model.ts';
import type { ImageCodec } from '../../core/ports.ts';
import type { ImageRecognizers } from '../../core/recognition/image-recognizers.ts';
import type { ImageIndex } from '../../core/search/image-index.ts';
import { createOllamaWebSearch } from '../../core/servers/ollama/ollama-web-search.ts';
import type { CaptionLog } from '../../core/storage/caption-log.ts';
import { nodeFetch } from '../../node/node-fetch.ts';
import { indexImages } from './index-images.ts';
import { type SelectedVault, selectVaults } from './select-vaults.ts';

/** The tools for a model that answers questions about a note of a vault. */
export function openToolbox(parts: {
  readonly vault: SelectedVault;
  readonly log: CaptionLog;
  readonly codec: ImageCodec;
  readonly recognizers: ImageRecognizers;
  readonly closeUp: ConversationModel | null;
  /** The API key for web search; null to disable it. */
  readonly key: string | null;
}): Toolbox {
  const { vault, log, codec, recognizers, closeUp, key } = parts;
  const { images } = vault;
  let index: ImageIndex | null = null;

  async function allImages(signal: AbortSignal): Promise<ImageIndex> {
    const [whole] = await selectVaults([vault.root], vault.root);
    return indexImages(whole ?? vault, log, signal);
  }

  return {
    recognizers,
    look: closeUp && createLook({ images, codec, model: closeUp }),
    async searchNotes(query, limit, signal) {
      index ??= await allImages(signal);
      return index.find(query, limit).map(foundNoteImage);
    },
    searchWeb: key === null ? null : createOllamaWebSearch(nodeFetch, key),
  };
}
