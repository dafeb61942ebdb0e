import type { App, Setting } from 'obsidian';
import { listPrompts } from '../../../core/prompts/list-prompts.ts';
import { isSameName } from '../../../core/prompts/prompt-problem.ts';
import { pathKey } from '../../../core/settings/folder-path.ts';
import { foldersWith } from '../../../core/settings/folder-rules.ts';
import type { FolderRule, Settings } from '../../../core/settings/settings.ts';
import type { Words } from '../messages/en.ts';
import { nameOfLanguage } from './add-languages.ts';
import { showEditableRows } from './editable-rows.ts';
import { FolderRuleModal } from './folder-rule-modal.ts';

export interface FolderRulesPorts {
  readonly words: Words;
  readonly settings: () => Settings;
  readonly change: (changes: Partial<Settings>) => Promise<void>;
  /** What was chosen in the dialog and not saved, by the folder of the rule; '' for a new one. */
  readonly folderDrafts: Map<string, FolderRule>;
  /** Called after the rules were changed. */
  readonly onChange: () => void;
}

/** Lists the rules for folders, to edit and delete them and add others. @returns lists them again */
export function showFolderRules(app: App, setting: Setting, ports: FolderRulesPorts): () => void {
  setting.settingEl.addClass('notesight-two-lines');
  const list = setting.controlEl.createDiv({ cls: 'notesight-items' });
  const { words, settings, change, onChange } = ports;
  const { add, notFound } = words.settings.folders;
  return showEditableRows(list, {
    ...{ words, add },
    items: () => settings().folderRules,
    nameOf: ({ folder }) => folder,
    show(text, rule) {
      text.createSpan({ cls: 'notesight-suggestion-more', text: summaryOf(rule, settings(), words) });
      const key = pathKey(rule.folder);
      const isFound = app.vault.getAllFolders().some(({ path }) => pathKey(path) === key);
      if (!isFound) text.createDiv({ cls: 'notesight-prompt-problem', text: notFound });
    },
    edit(rule, save) {
      editRule(app, rule ?? { folder: '' }, save, ports);
    },
    async store(folderRules) {
      await change({ folderRules });
      onChange();
    },
  });
}

/** Shows below a setting in which folders it differs. @returns shows it again */
export function showDifferent(
  setting: Setting,
  field: 'language' | 'style' | 'altPrompt',
  { words, settings }: Pick<FolderRulesPorts, 'words' | 'settings'>,
): () => void {
  const { different } = words.settings.folders;
  const line = setting.descEl.createDiv();
  const draw = () => {
    const folders = foldersWith(settings().folderRules, field);
    line.setText(folders.length === 0 ? '' : different(folders.length, folders.join(', ')));
  };
  draw();
  return draw;
}

function summaryOf(
  { language, style, altPrompt, exclude }: FolderRule,
  settings: Settings,
  words: Words,
): string {
  const { folders, options } = words.settings;
  const parts = [
    ...(language === undefined ? [] : [nameOfLanguage(language, words)]),
    ...(style === undefined ? [] : [options.style[style]]),
    ...(altPrompt === undefined ? [] : [`${folders.prompt}: ${promptName(altPrompt, settings, words)}`]),
    ...(exclude === undefined ? [] : [exclude ? folders.excluded : folders.included]),
  ];
  return parts.join(' · ');
}

function promptName(id: string, settings: Settings, words: Words): string {
  if (id === '') return words.prompts.standard;
  const listed = listPrompts(settings, words.prompts.names, ['alt', 'description']);
  return listed.find((prompt) => isSameName(prompt.id, id))?.name ?? words.settings.prompts.missing(id);
}

function editRule(
  app: App,
  rule: FolderRule,
  save: (saved: FolderRule) => void,
  { words, settings, folderDrafts }: FolderRulesPorts,
): void {
  const folders = settings().folderRules.map(({ folder }) => folder);
  const own = folders.indexOf(rule.folder);
  new FolderRuleModal(app, folderDrafts.get(rule.folder) ?? rule, {
    ...{ words, settings },
    others: folders.filter((_, at) => at !== own),
    keep: (draft) => folderDrafts.set(rule.folder, draft),
    save(saved) {
      folderDrafts.delete(rule.folder);
      save(saved);
    },
  }).open();
}
