import type { Locator } from 'playwright-core';
import type { PluginWindow } from './open-plugin.ts';

/** The box for questions in the sidebar. */
export interface QuestionBox {
  readonly box: Locator;
  readonly ask: (question: string) => Promise<void>;
}

/** Opens the sidebar for the active note. */
export async function openQuestionBox({ page, runCommand }: PluginWindow): Promise<QuestionBox> {
  await runCommand('notesight:ask-note');
  const box = page.getByRole('textbox', { name: 'Question' });
  await box.waitFor();
  return {
    box,
    async ask(question) {
      await box.fill(question);
      await box.press('Enter');
    },
  };
}
