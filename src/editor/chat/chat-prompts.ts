import { languageName } from '../../core/language/language-name.ts';
import { imageName } from '../../core/note/inline-source.ts';
import { findPrompt, listPrompts } from '../../core/prompts/list-prompts.ts';
import { type PromptValues, renderPrompt } from '../../core/prompts/render-prompt.ts';
import type { ChatActions, ChatState } from '../../ui/chat/chat-state.ts';
import type { ChatNote } from './chat-host.ts';
import type { ChatNoteImages } from './chat-note-images.ts';
import type { ChatSelection } from './chat-selection.ts';
import type { NoteChatPorts } from './note-chat-ports.ts';

/** The prompts for questions. */
export interface ChatPrompts {
  readonly state: Pick<ChatState, 'prompts' | 'inserted'>;
  readonly actions: Pick<ChatActions, 'usePrompt'>;
}

/** @param onChange called when a prompt is to be inserted */
export function createChatPrompts(
  note: ChatNote,
  ports: Pick<NoteChatPorts, 'host' | 'words' | 'settings'>,
  { images, selection }: { readonly images: ChatNoteImages; readonly selection: ChatSelection },
  onChange: () => void,
): ChatPrompts {
  const { host, words, settings } = ports;
  let inserted: ChatState['inserted'] = { version: 0, text: '' };

  /** Values about an image are those of the first selected one. */
  function values(): PromptValues {
    const file = selection.chosen()[0] ?? '';
    const context = images.contextOf(file);
    const editor = host.editorOf(note);
    const { from, to } = editor?.selection() ?? { from: 0, to: 0 };
    return {
      note: context.noteTitle || note.basename,
      heading: context.heading ?? '',
      selection: editor?.text().slice(from, to) ?? '',
      alt: context.alt ?? '',
      language: languageName(context.language),
      filename: imageName(file),
    };
  }

  return {
    get state() {
      const listed = listPrompts(settings(), words.prompts.names, ['question']);
      return { prompts: listed.map(({ id, name }) => ({ id, name })), inserted };
    },
    actions: {
      usePrompt(id) {
        const prompt = findPrompt(id, settings().prompts);
        if (prompt === null) return;
        inserted = { version: inserted.version + 1, text: renderPrompt(prompt.text, values()) };
        onChange();
      },
    },
  };
}
