import type { Turn } from '../../core/ask/conversation.ts';
import { type AnswerForm, insertableAnswer } from '../../core/ask/insertable-answer.ts';
import type { NoteImage } from '../../core/ask/note-images.ts';
import type { Span } from '../../core/markdown/span.ts';
import type { TextEdit } from '../../core/markdown/text-edit.ts';
import { headingLineAt } from '../../core/note/heading-line.ts';
import type { ImageEmbed } from '../../core/note/image-embed.ts';
import { imageLink } from '../../core/note/image-link.ts';
import { insertBelow } from '../../core/note/write-caption.ts';
import { findReferences } from '../../core/text/image-references.ts';
import type { InsertPlace } from '../../ui/chat/chat-state.ts';
import type { ChatEditor } from './chat-host.ts';
import type { ChatNoteImages } from './chat-note-images.ts';

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
 * @param plainLink the text that replaces a link to an image outside the note
 * @returns null if the note has no image to insert it below
 */
export function insertEdit(
  editor: Pick<ChatEditor, 'selection' | 'text'>,
  answer: InsertedAnswer,
  images: ChatNoteImages,
  plainLink: (number: number) => string,
): TextEdit | null {
  const { turn, files, form, place } = answer;
  const lines = insertableAnswer(turn, form, files.length, imageLinks(files, images, plainLink));
  if (place === 'cursor') return atSelection(editor, lines, form);
  const markdown = editor.text();
  const embed = relatedEmbed(answer, images.read(markdown));
  return embed === undefined ? null : insertBelow(markdown, embed, lines);
}

/**
 * Links to images in the syntax of the note.
 * @param files all files of the conversation, ordered by number
 * @param plainLink the text that replaces a link to an image outside the note
 */
export function imageLinks(
  files: readonly string[],
  images: ChatNoteImages,
  plainLink: (number: number) => string,
): (number: number) => string {
  return (number) => {
    const plain = plainLink(number);
    const image = images.current.find(({ file }) => file === files[number - 1]);
    return image === undefined ? plain : (imageLink(image.embed, plain) ?? plain);
  };
}

/** The first image that the answer is about, or the first image of the note. */
function relatedEmbed(
  { turn: { pictures, answer }, files }: InsertedAnswer,
  images: readonly NoteImage[],
): ImageEmbed | undefined {
  const named = [
    ...pictures.map(({ image }) => image),
    ...findReferences(answer, files.length).flatMap((reference) => reference.images),
  ];
  const related = named.flatMap((number) => images.filter(({ file }) => file === files[number - 1]));
  return (related[0] ?? images[0])?.embed;
}

/**
 * Multiple lines, or any form other than plain text, become a separate block. In the line of a heading, every answer
 * does: before the heading if the cursor is in front of its text, otherwise below it.
 */
function atSelection(
  editor: Pick<ChatEditor, 'selection' | 'text'>,
  lines: readonly string[],
  form: AnswerForm,
): TextEdit {
  const text = editor.text();
  const { from, to, isInHeading } = outsideHeading(text, editor.selection());
  const isBlock = form !== 'plain' || lines.length > 1 || isInHeading;
  const lineStart = text.lastIndexOf('\n', from - 1) + 1;
  const nextLine = text.indexOf('\n', to);
  const isTextBefore = text.slice(lineStart, from).trim() !== '';
  const isTextAfter = text.slice(to, nextLine === -1 ? text.length : nextLine).trim() !== '';
  const apart = (isText: boolean) => (isBlock && isText ? '\n\n' : '');
  return { from, to, insert: apart(isTextBefore) + lines.join('\n') + apart(isTextAfter) };
}

/** A cursor in the line of an ATX heading moves to the line's start or end. A selection stays. */
function outsideHeading(text: string, selection: Span): Span & { readonly isInHeading: boolean } {
  const { from, to } = selection;
  const heading = from === to ? headingLineAt(text, from) : null;
  if (heading === null) return { from, to, isInHeading: false };
  const at = heading.isBeforeText ? heading.from : heading.to;
  return { from: at, to: at, isInHeading: true };
}
