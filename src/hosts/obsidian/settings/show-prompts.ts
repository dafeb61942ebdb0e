import type { App, Setting } from 'obsidian';
import { explainPrompt } from '../../../core/messages/explain-prompt.ts';
import {
  BUILT_IN_NAMES,
  BUILT_IN_PROMPTS,
  type BuiltInPrompt,
} from '../../../core/prompts/built-in-prompts.ts';
import type { Prompt } from '../../../core/prompts/prompt.ts';
import { checkPrompts, isSameName } from '../../../core/prompts/prompt-problem.ts';
import type { Settings } from '../../../core/settings/settings.ts';
import type { Words } from '../messages/en.ts';
import { addIconButton } from './icon-button.ts';
import { PromptModal } from './prompt-modal.ts';

export interface PromptsPorts {
  readonly words: Words;
  readonly settings: () => Settings;
  readonly change: (changes: Partial<Settings>) => Promise<void>;
  /** What was typed in the dialog and not saved, by the name of the prompt; '' for a new one. */
  readonly promptDrafts: Map<string, Prompt>;
  /** Called after the prompts were changed. */
  readonly onChange: () => void;
}

const NEW_PROMPT: Prompt = { name: '', purpose: 'question', text: '' };

/** Lists the user's prompts, to edit and delete them and add others, and the built-in ones, to hide them. */
export function showPrompts(app: App, setting: Setting, ports: PromptsPorts): void {
  setting.settingEl.addClass('notesight-two-lines');
  const list = setting.controlEl.createDiv({ cls: 'notesight-headers' });
  const { words, settings, change } = ports;
  const labels = words.settings.prompts;
  /** The prompts before the last deletion, and the name of the deleted one; null if it can't be undone. */
  let deleted: { readonly before: readonly Prompt[]; readonly name: string } | null = null;

  function draw(): void {
    list.empty();
    const { prompts, hiddenPrompts } = settings();
    const { faults } = checkPrompts(prompts);
    for (const [at, prompt] of prompts.entries()) {
      const problem = faults.find((fault) => fault.at === at)?.problem;
      const row = addRow(prompt.name, prompt.purpose);
      if (problem !== undefined)
        row.createDiv({
          cls: 'notesight-prompt-problem',
          text: explainPrompt(problem, words.prompts.problems),
        });
      addIconButton(row, 'pencil', labels.edit(prompt.name), () => {
        edit(prompt, at);
      });
      addIconButton(row, 'trash-2', labels.remove(prompt.name), () => {
        deleted = { before: prompts, name: prompt.name };
        store(prompts.filter((_, index) => index !== at));
      });
    }
    if (deleted !== null) showUndo(deleted);
    const add = list.createEl('button', { text: labels.add });
    add.addEventListener('click', () => {
      edit(NEW_PROMPT, prompts.length);
    });
    for (const id of BUILT_IN_NAMES) showBuiltIn(id, hiddenPrompts);
  }

  function addRow(name: string, purpose: Prompt['purpose']): HTMLElement {
    const row = list.createDiv({ cls: 'notesight-header' });
    row.createSpan({ text: name });
    row.createSpan({ cls: 'notesight-suggestion-more', text: labels.purposes[purpose] });
    return row;
  }

  function showBuiltIn(id: BuiltInPrompt, hidden: readonly string[]): void {
    const name = words.prompts.names[id];
    const isHidden = hidden.includes(id);
    const row = addRow(name, BUILT_IN_PROMPTS[id].purpose);
    const [icon, label] = isHidden ? ['eye-off', labels.show(name)] : ['eye', labels.hide(name)];
    addIconButton(row, icon, label, () => {
      const hiddenPrompts = isHidden ? hidden.filter((each) => each !== id) : [...hidden, id];
      void change({ hiddenPrompts }).then(() => {
        ports.onChange();
        redraw(isHidden ? labels.hide(name) : labels.show(name));
      });
    });
  }

  function showUndo({ before, name }: NonNullable<typeof deleted>): void {
    const row = list.createDiv({ cls: 'notesight-header', attr: { role: 'status' } });
    row.createSpan({ text: labels.deleted(name) });
    row.createEl('button', { text: labels.undo }).addEventListener('click', () => {
      deleted = null;
      store(before);
    });
  }

  function store(prompts: readonly Prompt[], changes: Partial<Settings> = {}): void {
    void change({ prompts: [...prompts], ...changes }).then(() => {
      ports.onChange();
      redraw(null);
    });
  }

  /** @param at the index in the list; its length for a new prompt */
  function edit(prompt: Prompt, at: number): void {
    const { prompts } = settings();
    const { promptDrafts } = ports;
    new PromptModal(app, promptDrafts.get(prompt.name) ?? prompt, {
      words,
      others: prompts.flatMap(({ name }, index) => (index === at ? [] : [name])),
      keep: (draft) => promptDrafts.set(prompt.name, draft),
      save(saved) {
        promptDrafts.delete(prompt.name);
        deleted = null;
        // A prompt in use stays in use under its new name.
        const isUsed = at < prompts.length && isSameName(prompt.name, settings().altPrompt);
        const changes = isUsed ? { altPrompt: saved.name } : {};
        store([...prompts.slice(0, at), saved, ...prompts.slice(at + 1)], changes);
      },
    }).open();
  }

  /** Keeps the focus in the row, because the button that had it is gone. @param label of the button to focus */
  function redraw(label: string | null): void {
    draw();
    const buttons = [...list.querySelectorAll('button')];
    const wanted = label ?? labels.undo;
    const named = buttons.find((each) => (each.ariaLabel ?? each.textContent) === wanted);
    (named ?? buttons.find((each) => each.textContent === labels.add))?.focus();
  }

  draw();
}
