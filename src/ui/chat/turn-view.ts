import type { AnswerForm } from '../../core/ask/insertable-answer.ts';
import { element } from '../dom.ts';
import type { MenuGroups, ShowMenu } from '../menu/menu.ts';
import { type AnswerView, createAnswerView } from './answer-view.ts';
import { numberRanges } from '../../core/text/number-ranges.ts';
import { button } from '../button.ts';
import { createCallsView } from './calls-view.ts';
import type { ChatActions, ChatTurn, InsertPlace } from './chat-state.ts';
import type { ChatWords } from './chat-words.ts';
import { createQuestionBox } from './question-box.ts';
import { createVersionSwitch } from '../version-switch.ts';
import type { RichText } from './rich-text.ts';

/** A question with its answer. */
export interface TurnView {
  readonly element: HTMLElement;
  /** @param images number of images that can be referenced */
  show(turn: ChatTurn, images: number): void;
}

export interface TurnTools {
  readonly doc: Document;
  readonly words: ChatWords;
  readonly actions: ChatActions;
  readonly showMenu: ShowMenu;
  readonly rich: RichText;
  /** Creates a link to an image. */
  readonly reference: (image: number) => HTMLElement;
}

const PLACES: readonly InsertPlace[] = ['cursor', 'below'];
const FORMS: readonly AnswerForm[] = ['plain', 'quote', 'callout'];

/** @param index index of the turn in the actions */
export function createTurnView(
  index: number,
  { doc, words, actions, showMenu, reference, rich }: TurnTools,
): TurnView {
  const root = element(doc, 'article', 'notesight-turn');
  const question = element(doc, 'div', 'notesight-question-text');
  question.dir = 'auto';
  const seen = element(doc, 'div', 'notesight-seen');
  const answer: AnswerView = createAnswerView(
    {
      doc,
      reference,
      rich,
      words,
      openLink: (url) => {
        actions.openLink(url);
      },
    },
    words.showRest,
  );
  const calls = createCallsView(doc, words, reference);
  const asking = element(doc, 'div', 'notesight-question-text notesight-asking');
  asking.dir = 'auto';
  const status = element(doc, 'div', 'notesight-turn-status');
  const error = element(doc, 'div', 'notesight-error');
  const tools = element(doc, 'div', 'notesight-turn-tools');
  root.append(question, seen, calls.element, answer.element, asking, status, error, tools);
  let shown: ChatTurn | null = null;
  let endEdit: (() => void) | null = null;

  const edit = button(doc, 'notesight-tool', words.edit, beginEdit);
  const askAgain = button(doc, 'notesight-tool', words.regenerate, () => {
    actions.askAgain(index);
  });
  const versions = createVersionSwitch(doc, words, (version) => {
    actions.switchVersion(index, version);
  });
  const copy = button(doc, 'notesight-tool', words.copy, () => {
    actions.copy(index);
  });
  const insert = button(doc, 'notesight-tool notesight-insert', words.insert, () => {
    showMenu(insertEntries(), insert);
  });
  insert.ariaHasPopup = 'menu';
  const showSent = button(doc, 'notesight-tool notesight-details', words.details, () => {
    actions.showSent(index);
  });
  tools.append(versions.element, copy, insert, askAgain, edit);

  function insertEntries(): MenuGroups {
    return PLACES.map((place) =>
      FORMS.map((form) => ({
        label: words.insertAt[place][form],
        run: () => {
          actions.insert(index, place, form);
        },
      })),
    );
  }

  function beginEdit(): void {
    const box = createQuestionBox(
      doc,
      words.question,
      (text) => {
        end();
        actions.edit(index, text);
        return true;
      },
      end,
    );
    function end(): void {
      endEdit = null;
      box.element.replaceWith(question);
      edit.focus();
    }
    endEdit = end;
    box.input.value = (shown?.edited ?? '') === '' ? (shown?.question ?? '') : (shown?.edited ?? '');
    box.input.addEventListener('input', () => {
      actions.setEdit(index, box.input.value);
    });
    question.replaceWith(box.element);
    box.input.focus();
  }

  function showSeen({ pictures, inWords: textCount, missing, remarks }: ChatTurn): void {
    seen.replaceChildren();
    if (pictures.length > 0) {
      seen.append(words.saw);
      for (const { image, region } of pictures) {
        seen.append(' ', ...(region === null ? [] : [`${words.partOf} `]), reference(image));
      }
    }
    const more = textCount > 0 ? words.inWords(textCount) : '';
    const unseen = missing.length > 0 ? words.notConsidered(numberRanges(missing)) : '';
    const last = [more, unseen, ...remarks].filter((part) => part !== '').join(' ');
    if (last !== '') seen.append(pictures.length === 0 ? '' : more === '' ? '. ' : '; ', last);
    if (pictures.length > 0 || textCount > 0) seen.append(' ', showSent);
    seen.hidden = !seen.hasChildNodes();
  }

  function statusOf({
    status: now,
    described,
    answer: text,
    asking: other,
    error: failed,
  }: ChatTurn): string {
    if (described !== null) return words.describing(described.done, described.total);
    if (failed !== null) return '';
    if (other !== '' && now !== 'waiting') return words.ends.stopped;
    if (now === 'waiting' || (now === 'streaming' && text === '')) return words.waiting;
    return now === 'streaming' || now === 'failed' || now === 'done' ? '' : words.ends[now];
  }

  return {
    element: root,
    show(turn, images) {
      if (turn === shown) return;
      if (turn.question !== shown?.question) {
        question.textContent = turn.question;
        if (shown !== null) endEdit?.();
      }
      if (seenOf(turn) !== seenOf(shown)) showSeen(turn);
      calls.show(turn.calls);
      answer.show(turn.answer, images);
      status.textContent = statusOf(turn);
      status.hidden = status.textContent === '';
      root.ariaBusy = String(turn.status === 'waiting' || turn.status === 'streaming');
      error.hidden = turn.error === null;
      error.replaceChildren(
        element(doc, 'p', 'notesight-error-message', turn.error?.message),
        element(doc, 'p', 'notesight-error-advice', turn.error?.advice),
      );
      asking.textContent = turn.asking;
      asking.hidden = turn.asking === '';
      versions.show(turn.versions);
      edit.textContent = turn.edited === '' ? words.edit : words.continueEditing;
      const isWhole = turn.answer !== '' && turn.error === null && turn.asking === '';
      askAgain.textContent = isWhole ? words.regenerate : words.retry;
      tools.hidden = turn.status === 'waiting' || turn.status === 'streaming';
      for (const each of [copy, insert]) each.hidden = turn.answer === '';
      shown = turn;
    },
  };
}

const seenOf = (turn: ChatTurn | null): string =>
  turn === null ? '' : JSON.stringify([turn.pictures, turn.inWords, turn.missing, turn.remarks]);
