import type { ConversationStore } from '../../core/ask/conversation-store.ts';
import type { Drafts } from '../../core/ask/drafts.ts';
import type { Detector } from '../../core/detect/detector.ts';
import type { NotesightError } from '../../core/errors.ts';
import type { Explanation } from '../../core/messages/explain.ts';
import type { ImageContext } from '../../core/model/image-description.ts';
import type { NoteStore } from '../../core/ports.ts';
import type { Settings } from '../../core/settings/settings.ts';
import type { EditorWords } from '../messages/editor-en.ts';
import type { VaultFiles } from '../vault-files.ts';
import type { ChatHost } from './chat-host.ts';
import type { OpenedAsk } from './open-ask-ports.ts';
import type { DroppedImages } from './dropped-images.ts';

/** The dependencies of a conversation about a note. */
export interface NoteChatPorts {
  readonly host: ChatHost;
  readonly words: EditorWords;
  readonly explain: (error: NotesightError) => Explanation;
  readonly settings: () => Settings;
  readonly notes: NoteStore;
  readonly files: VaultFiles;
  readonly dropped: DroppedImages;
  readonly store: ConversationStore;
  readonly drafts: Drafts;
  /** Detects objects in an image. */
  readonly detector: Detector;
  /**
   * Opens the models that answer.
   * @param contextOf returns the context of an image in the note, for the model that describes it
   */
  readonly open: (contextOf: (file: string) => ImageContext, signal: AbortSignal) => Promise<OpenedAsk>;
}
