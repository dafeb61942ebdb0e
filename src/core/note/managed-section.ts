import { frontmatterEnd } from '../markdown/frontmatter.ts';
import type { Span } from '../markdown/span.ts';
import { applyEdits, type TextEdit } from '../markdown/text-edit.ts';
import { shortHash } from '../text/short-hash.ts';
import { lineBreakAt, lineEnd } from './caption-place.ts';
import { headingLineAt } from './heading-line.ts';
import { type ReadBlock, readBlocks } from './read-blocks.ts';

/** A section of a note that Notesight writes and replaces, from its opening to its closing comment. */
export interface ManagedSection extends Span {
  /** The text between the comments, trimmed, with `\n` as line ending. */
  readonly content: string;
  /** Whether the content was edited after Notesight wrote it. */
  readonly isEdited: boolean;
}

/**
 * The position of a new section: below a level-1 heading at the start of the note, or else before all text
 * (`top`); after all text (`bottom`); or after the paragraph at a UTF-16 offset.
 */
export type SectionPlace = 'top' | 'bottom' | number;

const OPENING = /^(?:<!--|\{\/\*)[ \t]*notesight:summary(?:[ \t]+([^\s>*]*))?[ \t]*(?:-->|\*\/\})[ \t]*$/;
const TWO_BREAKS = /^(?:\r\n?|\n){2}/;
const TWO_BREAKS_BEFORE = /(?:\r\n|\r|\n){2}$/;
const CLOSING = /^(?:<!--|\{\/\*)[ \t]*\/notesight:summary[ \t]*(?:-->|\*\/\})[ \t]*$/;

/** MDX has no HTML comments: https://mdxjs.com/docs/what-is-mdx/#markdown */
const COMMENTS = { markdown: ['<!--', '-->'], mdx: ['{/*', '*/}'] } as const;
export type CommentSyntax = keyof typeof COMMENTS;

/** A fast check whether a text may contain a managed section. */
export function hasSectionMarker(text: string): boolean {
  return /(?:<!--|\{\/\*) notesight:summary/.test(text);
}

/**
 * Finds the managed sections of a note: comments on their own lines, outside code, other comments,
 * blockquotes and lists. Ignores a comment without its counterpart.
 * @returns the sections in document order; usually one, but a person may have copied it
 */
export function findSections(note: string): ManagedSection[] {
  if (!note.includes('notesight:summary')) return [];
  const sections: ManagedSection[] = [];
  let opening: (Span & { readonly hash: string | undefined }) | null = null;
  for (const read of readBlocks(note, 'all')) {
    if (!isWholeLine(note, read)) continue;
    const { from } = read.block;
    // A paragraph holds its line break.
    const text = read.block.text.replace(/\r?\n$/, '');
    const to = from + text.length;
    const opened = OPENING.exec(text);
    if (opened) opening = { from, to, hash: opened[1] };
    else if (opening !== null && CLOSING.test(text)) {
      const content = normal(note.slice(opening.to, from));
      sections.push({ from: opening.from, to, content, isEdited: shortHash(content) !== opening.hash });
      opening = null;
    }
  }
  return sections;
}

/**
 * Returns the note without its sections. If the note was not edited since, the result is byte-identical to
 * the note before `sectionEdit`.
 */
export function withoutSections(note: string): string {
  return applyEdits(
    note,
    findSections(note).map((section) => removal(note, section)),
  );
}

function removal(note: string, { from, to }: Span): TextEdit {
  // At the start of the text the blank line follows the section; elsewhere it precedes the section.
  const above = isTextStart(note, from) ? '' : (TWO_BREAKS_BEFORE.exec(note.slice(0, from))?.[0] ?? '');
  const below = isTextStart(note, from) ? (TWO_BREAKS.exec(note.slice(to))?.[0] ?? '') : '';
  return { from: from - above.length, to: to + below.length, insert: '' };
}

/**
 * The edit that writes a section. The first existing section is replaced where it is. If there is none, the new one
 * goes to its place, or to the top if nothing can be inserted at that place: in code, in a comment, in a list.
 * @param content Markdown that is complete and does not affect the text around it
 * @param syntax of the comments around it
 */
export function sectionEdit(
  note: string,
  content: string,
  place: SectionPlace,
  syntax: CommentSyntax = 'markdown',
): TextEdit {
  const text = sectionText(normal(content), lineBreakOf(note), syntax);
  const old = findSections(note)[0];
  return old ? { from: old.from, to: old.to, insert: text } : newSection(note, text, place);
}

/**
 * The edits that write a section at a place and remove the first existing one. Parameters as in `sectionEdit`.
 * @returns the edits in document order
 */
export function moveSectionEdits(
  note: string,
  content: string,
  place: SectionPlace,
  syntax: CommentSyntax = 'markdown',
): TextEdit[] {
  const [old] = findSections(note);
  if (old === undefined) return [sectionEdit(note, content, place, syntax)];
  const removed = removal(note, old);
  const { from, to } = removed;
  const rest = applyEdits(note, [removed]);
  const offset = (at: number) => (at < to ? Math.min(at, from) : at - (to - from));
  const text = sectionText(normal(content), lineBreakOf(note), syntax);
  const added = newSection(rest, text, typeof place === 'number' ? offset(place) : place);
  if (added.from === from) return [{ ...removed, insert: added.insert }];
  if (added.from < from) return [added, removed];
  const at = added.from + (to - from);
  return [removed, { ...added, from: at, to: at }];
}

function newSection(note: string, text: string, place: SectionPlace): TextEdit {
  const wanted = insertion(note, offsetOf(note, place), text);
  // New lines can change the meaning of existing ones in ways that no list of cases covers completely.
  return isHarmless(note, wanted) ? wanted : insertion(note, offsetOf(note, 'top'), text);
}

function isWholeLine(note: string, { block, visible }: ReadBlock): boolean {
  return (
    (block.kind === 'html' || block.text.startsWith(COMMENTS.mdx[0])) &&
    !block.inList &&
    visible.from === 0 &&
    /^[\r\n\uFEFF]?$/.test(note.slice(0, block.from).slice(-1))
  );
}

/** Normalizes line endings and trailing whitespace, which editors change without user input. */
function normal(content: string): string {
  return content
    .split(/\r\n?|\n/)
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();
}

function sectionText(content: string, lineBreak: string, syntax: CommentSyntax): string {
  const [open, close] = COMMENTS[syntax];
  const opening = `${open} notesight:summary ${shortHash(content)} ${close}`;
  // Without the blank lines some parsers treat the text as part of the comment block.
  return [opening, '', ...content.split('\n'), '', `${open} /notesight:summary ${close}`].join(lineBreak);
}

function lineBreakOf(note: string): string {
  return /\r\n?|\n/.exec(note)?.[0] ?? '\n';
}

/** @returns the end of the line that precedes the section, or the start of the note's text */
function offsetOf(note: string, place: SectionPlace): number {
  if (place === 'top') return topOf(note);
  if (place === 'bottom') return textEnd(note, note.length);
  const heading = headingLineAt(note, place);
  return textEnd(note, heading?.isBeforeText === true ? heading.from : paragraphEnd(note, place));
}

function topOf(note: string): number {
  const start = frontmatterEnd(note);
  const block = readBlocks(note, 'all')[0]?.block;
  if (block?.level !== 1) return start;
  const isFirst = note.slice(start, block.lead.from).trim() === '';
  const isOnItsOwn = note.slice(block.lead.from, block.lead.to).trim() === '';
  if (!isFirst || !isOnItsOwn) return start;
  // The text of a setext heading ends before its underline.
  return lineEnd(note, block.from + block.text.length);
}

/** @returns the first offset, from `offset` on, where a paragraph ends and the following text is not indented */
function paragraphEnd(note: string, offset: number): number {
  let at = lineEnd(note, Math.max(0, Math.min(offset, note.length)));
  while (at < note.length) {
    let next = at + lineBreakAt(note, at).length;
    let isApart = false;
    while (next < note.length && lineBreakAt(note, next + spaces(note, next)) !== '') {
      const blank = next + spaces(note, next);
      next = blank + lineBreakAt(note, blank).length;
      isApart = true;
    }
    if (next >= note.length || (isApart && spaces(note, next) === 0)) return at;
    at = lineEnd(note, next);
  }
  return note.length;
}

function spaces(note: string, from: number): number {
  let at = from;
  while (note[at] === ' ' || note[at] === '\t') at++;
  return at - from;
}

/** @returns the end of the last non-blank line before an offset, but not before the start of the note's text */
function textEnd(note: string, offset: number): number {
  const start = frontmatterEnd(note);
  let at = offset;
  while (at > start && /[ \t\r\n]/.test(note.charAt(at - 1))) at--;
  return at <= start ? start : lineEnd(note, at);
}

/** Returns the insertion with exactly the line breaks that `withoutSections` removes. */
function insertion(note: string, at: number, text: string): TextEdit {
  const blankLine = lineBreakOf(note).repeat(2);
  const isAlone = at === note.length;
  const insert = isTextStart(note, at) ? text + (isAlone ? '' : blankLine) : blankLine + text;
  return { from: at, to: at, insert };
}

function isTextStart(note: string, at: number): boolean {
  return at === 0 || (at === 1 && note.startsWith('\uFEFF'));
}

/** Whether the section is found again and all other blocks are unchanged. */
function isHarmless(note: string, edit: TextEdit): boolean {
  const after = applyEdits(note, [edit]);
  const section = findSections(after).find(
    ({ from, to }) => from >= edit.from && to <= edit.from + edit.insert.length,
  );
  if (!section) return false;
  const others = readBlocks(after, 'all').filter(
    ({ block: { from } }) => from < section.from || from >= section.to,
  );
  const before = readBlocks(note, 'all');
  return (
    before.length === others.length &&
    others.every((read, index) => meaning(read) === meaning(before[index] ?? read))
  );
}

function meaning({ block: { kind, level, inList, text }, visible: { from, to } }: ReadBlock): string {
  return JSON.stringify([kind, level, inList, text.slice(from, to).trim()]);
}
