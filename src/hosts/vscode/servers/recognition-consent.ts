import { commands, type Memento, window } from 'vscode';
import { NotesightError } from '../../../core/errors.ts';
import type { Explanation } from '../../../core/messages/explain.ts';
import type { VscodeWords } from '../messages/vscode-en.ts';
import { SET_UP_OLLAMA } from './error-actions.ts';

/** Key of the user's answer in the global storage. */
const KEY = 'notesight.usesRecognition';

/** Asks before text recognition replaces a vision model. The user is asked until they agree, and never again. */
export interface RecognitionConsent {
  /**
   * @param why why there is no vision model
   * @throws NotesightError `cancelled` if the user doesn't agree
   */
  require(why: Explanation): Promise<void>;
  /** Runs work that the user didn't start. A question is then a notification instead of a dialog. */
  inBackground(run: () => Promise<void>): Promise<void>;
}

export function createRecognitionConsent(memory: Memento, { recognition }: VscodeWords): RecognitionConsent {
  let asking: Promise<boolean> | null = null;
  let background = 0;

  async function ask(why: Explanation): Promise<boolean> {
    const { question, detail, setUp, use, cancel } = recognition;
    const answer =
      background > 0
        ? await window.showInformationMessage(`${question} ${detail}`, setUp, use, cancel)
        : await window.showInformationMessage(
            question,
            { modal: true, detail: `${why.message} ${detail}` },
            setUp,
            use,
          );
    if (answer === setUp) void commands.executeCommand(SET_UP_OLLAMA.command, ...SET_UP_OLLAMA.args);
    if (answer === use) await memory.update(KEY, true);
    return answer === use;
  }

  return {
    async require(why) {
      if (memory.get(KEY) === true) return;
      asking ??= ask(why).finally(() => {
        asking = null;
      });
      if (!(await asking)) throw new NotesightError('cancelled', 'the user did not choose text recognition');
    },
    async inBackground(run) {
      background++;
      try {
        await run();
      } finally {
        background--;
      }
    },
  };
}
