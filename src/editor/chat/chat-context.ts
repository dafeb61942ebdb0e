import type { Selection } from '../../core/ask/ask-request.ts';
import { noteText, textTokens } from '../../core/ask/note-text.ts';
import { noteName } from '../../core/note/note-name.ts';
import type { ChatActions, ChatState } from '../../ui/chat/chat-state.ts';
import type { ChatNote } from './chat-host.ts';
import type { ChatNoteImages } from './chat-note-images.ts';
import { matchNotes } from './match-notes.ts';
import type { NoteChatPorts } from './note-chat-ports.ts';
import type { NoteDraft } from './note-draft.ts';

/** The texts that questions include: of the note, the selection in it, and other notes. */
export interface ChatContext {
  readonly state: Pick<ChatState, 'noteText' | 'selection' | 'notes' | 'foundNotes'>;
  readonly actions: Pick<ChatActions, 'includeNote' | 'includeSelection' | 'findNotes' | 'includeOther'>;
  /** The text of the note for a question; '' if it is left out. @param numberOf see `noteText` */
  readonly noteWith: (numberOf: (file: string) => number) => string;
  /** The selection for a question; null if there is none or it is left out. */
  readonly selectionWith: (numberOf: (file: string) => number) => Selection | null;
}

/** @param onChange called after each change */
export function createChatContext(
  note: ChatNote,
  { host }: Pick<NoteChatPorts, 'host'>,
  { draft, images }: { readonly draft: NoteDraft; readonly images: ChatNoteImages },
  onChange: () => void,
): ChatContext {
  let foundNotes: ChatState['foundNotes'] = { query: '', notes: [] };

  /** The selected text and its tokens: estimating them takes time, and the state is read at each frame. */
  let selected = { text: '', tokens: 0 };

  /** Tokens of the selection; 0 if it has no text but images, as after an image was shown in the note. */
  function selectedTokens(): number {
    const text = host.editorOf(note)?.selected() ?? '';
    if (text !== selected.text) selected = { text, tokens: textTokens(text, images.read(text)) };
    return selected.tokens;
  }

  const others = () => host.notes().filter((path) => path !== note.path);
  const saveChange = () => {
    draft.save();
    onChange();
  };

  return {
    get state() {
      const tokens = selectedTokens();
      return {
        noteText:
          images.textTokens === 0 ? null : { tokens: images.textTokens, isIncluded: !draft.withoutNote },
        selection: tokens === 0 ? null : { tokens, isIncluded: !draft.withoutSelection },
        notes: [...draft.notes].map((id) => ({ id, name: noteName(id) })),
        foundNotes,
      };
    },
    actions: {
      includeNote(on) {
        draft.withoutNote = !on;
        saveChange();
      },
      includeSelection(on) {
        draft.withoutSelection = !on;
        saveChange();
      },
      findNotes(query) {
        const paths = others().filter((path) => !draft.notes.has(path));
        foundNotes = { query, notes: matchNotes(paths, query, note.path) };
        onChange();
      },
      includeOther(id, on) {
        if (!on) draft.notes.delete(id);
        else if (others().includes(id)) draft.notes.add(id);
        saveChange();
      },
    },
    noteWith: (numberOf) => (draft.withoutNote || images.textTokens === 0 ? '' : images.textWith(numberOf)),
    selectionWith(numberOf) {
      const editor = host.editorOf(note);
      if (editor === null || draft.withoutSelection || selectedTokens() === 0) return null;
      const markdown = editor.text();
      const span = editor.selection();
      const found = images.read(markdown);
      const isInside = ({ embeds }: (typeof found)[number]) =>
        embeds.some(({ from, to }) => from >= span.from && to <= span.to);
      return {
        text: noteText(markdown, found, numberOf, span),
        files: found.filter(isInside).map(({ file }) => file),
      };
    },
  };
}
