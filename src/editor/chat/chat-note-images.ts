import { type NoteImage, noteImages } from '../../core/ask/note-images.ts';
import { detectLanguage } from '../../core/language/detect-language.ts';
import { fallbackLanguage } from '../../core/language/language-code.ts';
import { noteText, textTokens } from '../../core/ask/note-text.ts';
import type { ImageContext } from '../../core/model/image-description.ts';
import { noteOfInline } from '../../core/note/inline-source.ts';
import { settingsFor } from '../../core/settings/folder-rules.ts';
import type { ChatNote } from './chat-host.ts';
import type { NoteChatPorts } from './note-chat-ports.ts';

/** The images of the note that a conversation is about. */
export interface ChatNoteImages {
  /** The images when the note was last read. */
  readonly current: readonly NoteImage[];
  /** The text of the note for a question. @param numberOf see `noteText` */
  readonly textWith: (numberOf: (file: string) => number) => string;
  /** Tokens of that text, estimated; 0 if the note has no text but images. */
  readonly textTokens: number;
  /** Finds the images in a text of the note. */
  readonly read: (markdown: string) => NoteImage[];
  /** Reads the note again. */
  readonly refresh: () => Promise<void>;
  /** Without surrounding text if the image is not in the note. */
  readonly contextOf: (file: string) => ImageContext;
  /** The URL of any image of the conversation for the panel; '' if it no longer exists. */
  readonly urlOf: (file: string) => string;
}

/** @param onChange called after the note was read */
export function createChatNoteImages(
  note: ChatNote,
  ports: Pick<NoteChatPorts, 'host' | 'words' | 'settings' | 'notes' | 'files' | 'dropped'>,
  onChange: () => void,
): ChatNoteImages {
  const { host, words, settings, notes, files, dropped } = ports;
  let current: readonly NoteImage[] = [];
  let markdown = '';
  let tokens = 0;
  /** The language of the images that are not in the note. */
  let language = 'en';

  function read(text: string): NoteImage[] {
    const { language: setting, remoteImages } = settingsFor(settings(), note.path);
    return noteImages(
      { path: note.path, markdown: text },
      {
        language: setting,
        fallbackLanguage: fallbackLanguage(null, words.locale),
        remote: remoteImages,
      },
      { index: files.index(), detectLanguage },
    );
  }

  const find = (file: string) => current.find((image) => image.file === file);

  return {
    get current() {
      return current;
    },
    get textTokens() {
      return tokens;
    },
    textWith: (numberOf) => noteText(markdown, current, numberOf),
    read,
    async refresh() {
      markdown = await notes.read(note.path).catch(() => '');
      current = read(markdown);
      tokens = textTokens(markdown, current);
      language = current[0]?.context.language ?? language;
      onChange();
    },
    contextOf: (file) => find(file)?.context ?? { language, noteTitle: '', before: '', after: '' },
    urlOf(file) {
      if (noteOfInline(file) === null) return host.urlOf(file) ?? dropped.urlOf(file) ?? '';
      const url = find(file)?.embed.target ?? '';
      return url === '' ? '' : host.inlineUrl(file, url);
    },
  };
}
