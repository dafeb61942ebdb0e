import type { Turn } from '../../core/ask/conversation.ts';
import { type AnswerForm, insertableAnswer } from '../../core/ask/insertable-answer.ts';
import type { NoteImage } from '../../core/ask/note-images.ts';
import type { TextEdit } from '../../core/markdown/text-edit.ts';
import { imageLink } from '../../core/note/image-link.ts';
import { insertBelow } from '../../core/note/write-caption.ts';
import { findReferences } from '../../core/text/image-references.ts';
import type { InsertPlace } from '../../ui/chat/chat-state.ts';
import type { ChatEditor } from './chat-host.ts';

/** An answer to insert into a note. */
export interface InsertedAnswer {
  readonly turn: Turn;
  /** All files of the conversation, ordered by number. */
  readonly files: readonly string[];
  readonly form: AnswerForm;
  readonly place: InsertPlace;
}

/**
 * The edit that inserts an answer into a note.
 * @param images the images of the note when it was read
 * @param read reads the images of a text
 * @param plainLink the text that replaces a link to an image outside the note
 * @returns null if the note has no image to insert it below
 */
export function insertEdit(
  editor: Pick<ChatEditor, 'selection' | 'text'>,
  { turn, files, form, place }: InsertedAnswer,
  images: readonly NoteImage[],
  read: (markdown: string) => readonly NoteImage[],
  plainLink: (number: number) => string,
): TextEdit | null {
  const linkOf = (number: number): string => {
    const plain = plainLink(number);
    const image = images.find(({ file }) => file === files[number - 1]);
    return image === undefined ? plain : (imageLink(image.embed, plain) ?? plain);
  };
  const lines = insertableAnswer(turn, form, files.length, linkOf);
  return place === 'cursor'
    ? atSelection(editor, lines, form)
    : belowImage(editor.text(), turn, files, lines, read);
}

/** Inserts below the first image that the answer is about, or below the first image of the note. */
function belowImage(
  markdown: string,
  { pictures, answer }: Turn,
  files: readonly string[],
  lines: readonly string[],
  read: (markdown: string) => readonly NoteImage[],
): TextEdit | null {
  const named = [
    ...pictures.map(({ image }) => image),
    ...findReferences(answer, files.length).flatMap(({ images }) => images),
  ];
  const current = read(markdown);
  const target =
    named.flatMap((number) => current.filter(({ file }) => file === files[number - 1]))[0] ?? current[0];
  return target === undefined ? null : insertBelow(markdown, target.embed, lines);
}

/** Multiple lines, or any form other than plain text, become a separate block. */
function atSelection(
  editor: Pick<ChatEditor, 'selection' | 'text'>,
  lines: readonly string[],
  form: AnswerForm,
): TextEdit {
  const { from, to } = editor.selection();
  const text = editor.text();
  const isBlock = form !== 'plain' || lines.length > 1;
  const lineStart = text.lastIndexOf('\n', from - 1) + 1;
  const nextLine = text.indexOf('\n', to);
  const isTextBefore = text.slice(lineStart, from).trim() !== '';
  const isTextAfter = text.slice(to, nextLine === -1 ? text.length : nextLine).trim() !== '';
  const apart = (isText: boolean) => (isBlock && isText ? '\n\n' : '');
  return { from, to, insert: apart(isTextBefore) + lines.join('\n') + apart(isTextAfter) };
}
