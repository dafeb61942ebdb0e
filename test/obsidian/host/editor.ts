import { redo, undo } from '@codemirror/commands';
import { EditorSelection } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import type * as obsidian from 'obsidian';

/** Obsidian's `Editor` over a real CodeMirror view. Positions out of range are clamped. */
export class Editor implements obsidian.Editor {
  /** Undocumented, but plugins use it to access CodeMirror. */
  readonly cm: EditorView;

  constructor(cm: EditorView) {
    this.cm = cm;
  }

  getDoc(): this {
    return this;
  }

  refresh(): void {
    this.cm.requestMeasure();
  }

  getValue(): string {
    return this.cm.state.doc.toString();
  }

  setValue(content: string): void {
    this.cm.dispatch({ changes: { from: 0, to: this.cm.state.doc.length, insert: content } });
  }

  getLine(line: number): string {
    return this.cm.state.doc.line(line + 1).text;
  }

  setLine(n: number, text: string): void {
    const { from, to } = this.cm.state.doc.line(n + 1);
    this.cm.dispatch({ changes: { from, to, insert: text } });
  }

  lineCount(): number {
    return this.cm.state.doc.lines;
  }

  lastLine(): number {
    return this.cm.state.doc.lines - 1;
  }

  getSelection(): string {
    const { from, to } = this.cm.state.selection.main;
    return this.cm.state.sliceDoc(from, to);
  }

  somethingSelected(): boolean {
    return !this.cm.state.selection.main.empty;
  }

  getRange(from: obsidian.EditorPosition, to: obsidian.EditorPosition): string {
    return this.cm.state.sliceDoc(this.posToOffset(from), this.posToOffset(to));
  }

  replaceSelection(replacement: string, origin?: string): void {
    this.cm.dispatch({ ...this.cm.state.replaceSelection(replacement), ...userEvent(origin) });
  }

  replaceRange(
    replacement: string,
    from: obsidian.EditorPosition,
    to: obsidian.EditorPosition = from,
    origin?: string,
  ): void {
    this.transaction({ changes: [{ text: replacement, from, to }] }, origin);
  }

  getCursor(side: 'from' | 'to' | 'head' | 'anchor' = 'head'): obsidian.EditorPosition {
    return this.offsetToPos(this.cm.state.selection.main[side]);
  }

  listSelections(): obsidian.EditorSelection[] {
    return this.cm.state.selection.ranges.map(({ anchor, head }) => ({
      anchor: this.offsetToPos(anchor),
      head: this.offsetToPos(head),
    }));
  }

  setCursor(pos: obsidian.EditorPosition | number, ch = 0): void {
    this.setSelection(typeof pos === 'number' ? { line: pos, ch } : pos);
  }

  setSelection(anchor: obsidian.EditorPosition, head: obsidian.EditorPosition = anchor): void {
    this.setSelections([{ anchor, head }]);
  }

  setSelections(ranges: obsidian.EditorSelectionOrCaret[], main = 0): void {
    this.cm.dispatch({
      selection: EditorSelection.create(
        ranges.map(({ anchor, head }) =>
          EditorSelection.range(this.posToOffset(anchor), this.posToOffset(head ?? anchor)),
        ),
        main,
      ),
    });
  }

  focus(): void {
    this.cm.focus();
  }

  blur(): void {
    this.cm.contentDOM.blur();
  }

  hasFocus(): boolean {
    return this.cm.hasFocus;
  }

  getScrollInfo(): { top: number; left: number } {
    return { top: this.cm.scrollDOM.scrollTop, left: this.cm.scrollDOM.scrollLeft };
  }

  scrollTo(x?: number | null, y?: number | null): void {
    this.cm.scrollDOM.scrollTo(x ?? this.cm.scrollDOM.scrollLeft, y ?? this.cm.scrollDOM.scrollTop);
  }

  scrollIntoView(range: obsidian.EditorRange, center = false): void {
    this.cm.dispatch({
      effects: EditorView.scrollIntoView(this.posToOffset(range.from), { y: center ? 'center' : 'nearest' }),
    });
  }

  undo(): void {
    undo(this.cm);
  }

  redo(): void {
    redo(this.cm);
  }

  exec(command: obsidian.EditorCommandName): void {
    throw new Error(`Editor.exec('${command}') is not modelled.`);
  }

  /** All changes refer to the text before the first one. */
  transaction(tx: obsidian.EditorTransaction, origin?: string): void {
    const changes = [...(tx.changes ?? [])];
    if (tx.replaceSelection !== undefined) {
      changes.push({ text: tx.replaceSelection, from: this.getCursor('from'), to: this.getCursor('to') });
    }
    const changeSet = this.cm.state.changes(
      changes.map(({ text, from, to }) => ({
        from: this.posToOffset(from),
        to: this.posToOffset(to ?? from),
        insert: text,
      })),
    );
    this.cm.dispatch({ changes: changeSet, ...userEvent(origin) });
    const selections = tx.selections ?? (tx.selection === undefined ? [] : [tx.selection]);
    if (selections.length > 0) {
      this.setSelections(selections.map(({ from, to }) => ({ anchor: from, head: to ?? from })));
    }
  }

  wordAt(pos: obsidian.EditorPosition): obsidian.EditorRange | null {
    const word = this.cm.state.wordAt(this.posToOffset(pos));
    return word && { from: this.offsetToPos(word.from), to: this.offsetToPos(word.to) };
  }

  posToOffset(pos: obsidian.EditorPosition): number {
    const { doc } = this.cm.state;
    if (pos.line >= doc.lines) return doc.length;
    const { from, to } = doc.line(Math.max(pos.line, 0) + 1);
    return Math.min(from + Math.max(pos.ch, 0), to);
  }

  offsetToPos(offset: number): obsidian.EditorPosition {
    const { doc } = this.cm.state;
    const inside = Math.max(0, Math.min(offset, doc.length));
    const { from, number } = doc.lineAt(inside);
    return { line: number - 1, ch: inside - from };
  }

  processLines<T>(
    read: (line: number, lineText: string) => T | null,
    write: (line: number, lineText: string, value: T | null) => obsidian.EditorChange | undefined,
    ignoreEmpty = true,
  ): void {
    const changes: obsidian.EditorChange[] = [];
    for (let line = 0; line < this.lineCount(); line++) {
      const text = this.getLine(line);
      if (ignoreEmpty && text.trim() === '') continue;
      const change = write(line, text, read(line, text));
      if (change) changes.push(change);
    }
    this.transaction({ changes });
  }
}

function userEvent(origin: string | undefined): { userEvent?: string } {
  return origin === undefined ? {} : { userEvent: origin };
}
