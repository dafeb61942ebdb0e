import { frontmatterEnd } from '../markdown/frontmatter.ts';
import type { Span } from '../markdown/span.ts';
import { applyEdits, type TextEdit } from '../markdown/text-edit.ts';
import { shortHash } from '../text/short-hash.ts';
import { lineBreakAt, lineEnd } from './caption-place.ts';
import { type ReadBlock, readBlocks } from './read-blocks.ts';

/** A part of a note that is written, and written anew, by Notesight: from its first comment to its last. */
export interface ManagedSection extends Span {
  /** What stands between the comments, without the white space around it and with `\n` as line ending. */
  readonly content: string;
  /** Whether somebody changed the content since it was written. */
  readonly isEdited: boolean;
}

/**
 * Where a section goes that is not there yet: under the heading of the first level that the note begins with, else
 * before all of its text; behind all of its text; or behind the paragraph at an offset (UTF-16).
 */
export type SectionPlace = 'top' | 'bottom' | number;

const OPENING = /^(?:<!--|\{\/\*)[ \t]*notesight:summary(?:[ \t]+([^\s>*]*))?[ \t]*(?:-->|\*\/\})[ \t]*$/;
const TWO_BREAKS = /^(?:\r\n?|\n){2}/;
const TWO_BREAKS_BEFORE = /(?:\r\n|\r|\n){2}$/;
const CLOSING = /^(?:<!--|\{\/\*)[ \t]*\/notesight:summary[ \t]*(?:-->|\*\/\})[ \t]*$/;

/** MDX has no HTML comments: https://mdxjs.com/docs/what-is-mdx/#markdown */
const COMMENTS = { markdown: ['<!--', '-->'], mdx: ['{/*', '*/}'] } as const;
export type CommentSyntax = keyof typeof COMMENTS;

/** Whether a text that was written holds a section, as a quick look. */
export function hasSectionMarker(text: string): boolean {
  return /(?:<!--|\{\/\*) notesight:summary/.test(text);
}

/**
 * Finds the managed sections of a note: comments that stand on lines of their own, outside of code, other comments,
 * quotes and lists. A comment without its counterpart is none of ours.
 * @returns in their order; as a rule there is one, but a person may copy it
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

/** A note as it was before `sectionEdit` wrote into it, byte for byte where nobody changed it since. */
export function withoutSections(note: string): string {
  const edits = findSections(note).map(({ from, to }) => {
    // At the start of the text the blank line stands behind the section, elsewhere in front of it.
    const above = isTextStart(note, from) ? '' : (TWO_BREAKS_BEFORE.exec(note.slice(0, from))?.[0] ?? '');
    const below = isTextStart(note, from) ? (TWO_BREAKS.exec(note.slice(to))?.[0] ?? '') : '';
    return { from: from - above.length, to: to + below.length, insert: '' };
  });
  return applyEdits(note, edits);
}

/**
 * The edit that writes a section: the first one there is is replaced whole, wherever it stands. Where there is none
 * it goes to its place, or to the top where nothing can stand at that place: in code, in a comment, in a list.
 * @param content Markdown that is whole in itself and brings nothing that reaches beyond it
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
  if (old) return { from: old.from, to: old.to, insert: text };
  const wanted = insertion(note, offsetOf(note, place), text);
  // New lines can give a new meaning to old ones in ways that no list of cases is complete for.
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

/** Line endings and white space at the ends of lines change with programs, not with persons. */
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
  // Without the blank lines some readers take the text for a part of the comment's block.
  return [opening, '', ...content.split('\n'), '', `${open} /notesight:summary ${close}`].join(lineBreak);
}

function lineBreakOf(note: string): string {
  return /\r\n?|\n/.exec(note)?.[0] ?? '\n';
}

/** @returns the end of a line with text behind which the section goes, or where the note's text begins */
function offsetOf(note: string, place: SectionPlace): number {
  if (place === 'top') return topOf(note);
  return textEnd(note, place === 'bottom' ? note.length : paragraphEnd(note, place));
}

function topOf(note: string): number {
  const start = frontmatterEnd(note);
  const block = readBlocks(note, 'all')[0]?.block;
  if (block?.level !== 1) return start;
  const isFirst = note.slice(start, block.lead.from).trim() === '';
  const isOnItsOwn = note.slice(block.lead.from, block.lead.to).trim() === '';
  if (!isFirst || !isOnItsOwn) return start;
  // The text of an underlined heading ends where its underline begins.
  return lineEnd(note, block.from + block.text.length);
}

/** @returns the first place from the offset on at which a paragraph ends and what follows is not indented */
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

/** @returns the end of the last line with text before an offset; not before the place where the note's text begins */
function textEnd(note: string, offset: number): number {
  const start = frontmatterEnd(note);
  let at = offset;
  while (at > start && /[ \t\r\n]/.test(note.charAt(at - 1))) at--;
  return at <= start ? start : lineEnd(note, at);
}

/** The section with the line breaks that `withoutSections` takes away again: never more or fewer. */
function insertion(note: string, at: number, text: string): TextEdit {
  const blankLine = lineBreakOf(note).repeat(2);
  const isAlone = at === note.length;
  const insert = isTextStart(note, at) ? text + (isAlone ? '' : blankLine) : blankLine + text;
  return { from: at, to: at, insert };
}

function isTextStart(note: string, at: number): boolean {
  return at === 0 || (at === 1 && note.startsWith('\uFEFF'));
}

/** Whether the section is found again and all other blocks are what they were. */
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
