import type { App, Setting } from 'obsidian';
import { explainPrompt } from '../../../core/messages/explain-prompt.ts';
import {
  BUILT_IN_NAMES,
  BUILT_IN_PROMPTS,
  type BuiltInPrompt,
} from '../../../core/prompts/built-in-prompts.ts';
import type { Prompt } from '../../../core/prompts/prompt.ts';
import { checkPrompts } from '../../../core/prompts/prompt-problem.ts';
import { renamePrompt } from '../../../core/settings/rename-prompt.ts';
import type { Settings } from '../../../core/settings/settings.ts';
import type { Words } from '../messages/en.ts';
import { showEditableRows } from './editable-rows.ts';
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
  const lists = setting.controlEl.createDiv({ cls: 'notesight-items' });
  const own = lists.createDiv({ cls: 'notesight-items' });
  const { words, settings, change, onChange } = ports;
  const { purposes, add } = words.settings.prompts;
  showEditableRows(own, {
    ...{ words, add },
    items: () => settings().prompts,
    nameOf: ({ name }) => name,
    show(text, { purpose }, at) {
      text.createSpan({ cls: 'notesight-suggestion-more', text: purposes[purpose] });
      const problem = checkPrompts(settings().prompts).faults.find((fault) => fault.at === at)?.problem;
      if (problem === undefined) return;
      text.createDiv({
        cls: 'notesight-prompt-problem',
        text: explainPrompt(problem, words.prompts.problems),
      });
    },
    edit(prompt, save) {
      editPrompt(app, prompt ?? NEW_PROMPT, save, ports);
    },
    async store(prompts, edited) {
      const renamed = edited === null ? {} : renamePrompt(settings(), edited.from.name, edited.to.name);
      await change({ prompts, ...renamed });
      onChange();
    },
  });
  for (const id of BUILT_IN_NAMES) showBuiltIn(lists.createDiv({ cls: 'notesight-item' }), id, ports);
}

/** Shows a built-in prompt, with a button to hide it or show it again. */
function showBuiltIn(row: HTMLElement, id: BuiltInPrompt, ports: PromptsPorts): void {
  const { words, settings, change, onChange } = ports;
  const { purposes, show, hide } = words.settings.prompts;
  const name = words.prompts.names[id];
  const hidden = settings().hiddenPrompts;
  const isHidden = hidden.includes(id);
  row.empty();
  const text = row.createDiv({ cls: 'notesight-item-text' });
  text.createSpan({ text: name });
  text.createSpan({ cls: 'notesight-suggestion-more', text: purposes[BUILT_IN_PROMPTS[id].purpose] });
  const [icon, label] = isHidden ? ['eye-off', show(name)] : ['eye', hide(name)];
  addIconButton(row, icon, label, () => {
    const now = settings().hiddenPrompts;
    const hiddenPrompts = isHidden ? now.filter((each) => each !== id) : [...now, id];
    void change({ hiddenPrompts }).then(() => {
      onChange();
      showBuiltIn(row, id, ports);
      row.querySelector('button')?.focus();
    });
  });
}

function editPrompt(app: App, prompt: Prompt, save: (saved: Prompt) => void, ports: PromptsPorts): void {
  const { words, settings, promptDrafts } = ports;
  const names = settings().prompts.map(({ name }) => name);
  const own = names.indexOf(prompt.name);
  new PromptModal(app, promptDrafts.get(prompt.name) ?? prompt, {
    words,
    others: names.filter((_, at) => at !== own),
    keep: (draft) => promptDrafts.set(prompt.name, draft),
    save(saved) {
      promptDrafts.delete(prompt.name);
      save(saved);
    },
  }).open();
}
