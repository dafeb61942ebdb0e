import { element } from '../dom.ts';
import type { ChatCall } from './chat-state.ts';
import type { ChatWords } from './chat-words.ts';

/** The tool calls a model made before it answered. */
export interface CallsView {
  readonly element: HTMLElement;
  /** Shows the calls; unchanged entries are left alone, so that expanded ones stay open. */
  show(calls: readonly ChatCall[]): void;
}

/** @param reference creates a link to an image */
export function createCallsView(
  doc: Document,
  words: ChatWords,
  reference: (image: number) => HTMLElement,
): CallsView {
  const root = element(doc, 'ul', 'notesight-calls');
  root.ariaLabel = words.calls;
  root.hidden = true;
  const rows: { call: ChatCall; readonly line: HTMLElement }[] = [];

  function draw(call: ChatCall, line: HTMLElement): void {
    line.className = `notesight-call notesight-call-${call.state}`;
    const said = element(doc, 'span', 'notesight-call-words');
    said.dir = 'auto';
    said.append(words.callNames[call.name]);
    if (call.image !== null)
      said.append(' ', ...(call.part === null ? [] : [`${words.partOf} `]), reference(call.image));
    if (call.part !== null) said.append(` (${words.partPercent(call.part)})`);
    if (call.words !== '') said.append(' ', words.callWords(call.words));
    const state = element(doc, 'span', 'notesight-call-state', words.callStates[call.state]);
    line.replaceChildren(said, ' · ', state);
    if (call.result === '') return;
    const details = element(doc, 'details', 'notesight-call-details');
    const result = element(doc, 'pre', 'notesight-call-result', call.result);
    result.dir = 'auto';
    result.tabIndex = 0;
    details.append(element(doc, 'summary', 'notesight-tool', words.callResult), result);
    line.append(' ', details);
  }

  return {
    element: root,
    show(calls) {
      for (const { line } of rows.splice(calls.length)) line.remove();
      for (const [index, call] of calls.entries()) {
        const row = rows[index];
        if (row !== undefined && JSON.stringify(row.call) === JSON.stringify(call)) continue;
        const line = row?.line ?? element(doc, 'li', '');
        draw(call, line);
        if (row === undefined) {
          rows.push({ call, line });
          root.append(line);
        } else row.call = call;
      }
      root.hidden = calls.length === 0;
    },
  };
}
