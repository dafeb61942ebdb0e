import { propertySpan, yamlSpan } from '../markdown/property-lines.ts';
import type { UndoRecord } from '../note/undo-edit.ts';
import { LIST_PROPERTY } from '../note/undo-properties.ts';
import { mergeTags } from './merge-tags.ts';

/** What a summary adds to the properties of its note. */
export interface SummaryProperties {
  /** New tags; existing ones are skipped. */
  readonly tags: readonly string[];
  /** One line about the note, for the property `summary`. */
  readonly line: string;
}

/**
 * Reads YAML.
 * @throws if it is invalid
 */
export type ParseYaml = (yaml: string) => unknown;

export interface WrittenProperties {
  readonly text: string;
  /** For `undoProperties`, in the order of the edits. */
  readonly records: readonly UndoRecord[];
}

/**
 * Adds the tags and the line of a summary to a note's properties, line by line: all other lines keep their bytes. The
 * result is read back, so that unusual YAML is never damaged.
 * @returns null if the note's properties can't be edited this way: invalid YAML, or a form that isn't line by line
 */
export function writeProperties(
  note: string,
  { tags, line }: SummaryProperties,
  parseYaml: ParseYaml,
): WrittenProperties | null {
  const old = readYaml(note, parseYaml);
  if (old === null) return null;
  const known = asList(old[LIST_PROPERTY]);
  const merged = mergeTags(known.map(String), tags).slice(known.length);
  const wanted: Record<string, unknown> = { ...old };
  if (merged.length > 0) wanted[LIST_PROPERTY] = [...known, ...merged];
  if (line !== '') wanted['summary'] = line;
  if (same(wanted, old)) return { text: note, records: [] };

  // Uses the first method whose result reads back correctly: adds items to the list as it is written, or rewrites the
  // list.
  for (const addTags of [addItems, extendFlow, rewriteList]) {
    const steps = new Steps(note);
    if (yamlSpan(note) === null) steps.insertFences();
    if (merged.length > 0) addTags(steps, merged, known);
    if (line !== '' && line !== old['summary']) steps.setLines('summary', [`summary: ${scalar(line)}`]);
    if (same(readYaml(steps.text, parseYaml), wanted)) return steps;
  }
  return null;
}

/** Consecutive edits of whole lines, each with its undo record. */
class Steps implements WrittenProperties {
  readonly records: UndoRecord[] = [];
  readonly lineBreak: string;
  text: string;

  constructor(note: string) {
    this.text = note;
    this.lineBreak = /\r\n?|\n/.exec(note)?.[0] ?? '\n';
  }

  insertFences(): void {
    const fence = `---${this.lineBreak}`;
    this.#replace(this.text.startsWith('\uFEFF') ? 1 : 0, '', fence + fence);
  }

  /** Replaces a property, or adds it after the others. */
  setLines(key: string, lines: readonly string[]): void {
    const { from, to } = propertySpan(this.text, key) ?? this.#end();
    this.#replace(from, this.text.slice(from, to), this.#joined(lines));
  }

  insertLine(at: number, line: string): number {
    const added = this.#joined([line]);
    this.#replace(at, '', added);
    return at + added.length;
  }

  #end(): { from: number; to: number } {
    const at = yamlSpan(this.text)?.to ?? 0;
    return { from: at, to: at };
  }

  #joined(lines: readonly string[]): string {
    return lines.map((line) => this.lineBreak + line).join('');
  }

  #replace(from: number, before: string, after: string): void {
    this.text = this.text.slice(0, from) + after + this.text.slice(from + before.length);
    this.records.push({ before, after, from });
  }
}

/** For a list with one item per line, or no list yet. */
function addItems(steps: Steps, added: readonly string[]): void {
  if (propertySpan(steps.text, LIST_PROPERTY) === null) steps.setLines(LIST_PROPERTY, [`${LIST_PROPERTY}:`]);
  const { from, to } = propertySpan(steps.text, LIST_PROPERTY) ?? { from: 0, to: 0 };
  const indent = /[\r\n]([ \t]*)- /.exec(steps.text.slice(from, to))?.[1] ?? '  ';
  let at = to;
  for (const tag of added) at = steps.insertLine(at, `${indent}- ${scalar(tag)}`);
}

/** For a list in brackets on one line. */
function extendFlow(steps: Steps, added: readonly string[]): void {
  const { from, to } = propertySpan(steps.text, LIST_PROPERTY) ?? { from: 0, to: 0 };
  const [, head = '', tail = ''] = /^[\r\n]*(.*\[.*?)[ \t]*(\].*)$/.exec(steps.text.slice(from, to)) ?? [];
  const items = added.map(scalar).join(', ');
  steps.setLines(LIST_PROPERTY, [`${head}${head.endsWith('[') ? '' : ', '}${items}${tail}`]);
}

function rewriteList(steps: Steps, added: readonly string[], known: readonly unknown[]): void {
  const items = [...known.map(String), ...added].map((tag) => `  - ${scalar(tag)}`);
  steps.setLines(LIST_PROPERTY, [`${LIST_PROPERTY}:`, ...items]);
}

/** The shortest YAML for this text. JSON strings are valid YAML. */
function scalar(text: string): string {
  const isPlain = /^\p{L}[\p{L}\p{M}\p{N} _/().,;!?'’«»“”–—-]*[\p{L}\p{M}\p{N}).!?»”]$/u.test(text);
  const isWord = /^(?:true|false|null|yes|no|on|off)$/i.test(text);
  return isPlain && !isWord ? text : JSON.stringify(text);
}

/** @returns the properties, empty without frontmatter; null if the frontmatter is something else, such as TOML */
function readYaml(note: string, parseYaml: ParseYaml): Record<string, unknown> | null {
  const span = yamlSpan(note);
  if (span === null) return /^\uFEFF?\+\+\+[ \t]*[\r\n]/.test(note) ? null : {};
  try {
    const yaml = parseYaml(note.slice(span.from, span.to)) ?? {};
    return typeof yaml === 'object' && !Array.isArray(yaml) ? (yaml as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** The tags of a note as a list: the value may be a list, or a text with commas or spaces. */
function asList(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return typeof value === 'string' ? value.split(/[,\s]+/).filter((tag) => tag !== '') : [];
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
