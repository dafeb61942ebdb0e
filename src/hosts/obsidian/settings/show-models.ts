import type { Setting } from 'obsidian';
import { NotesightError } from '../../../core/errors.ts';
import type { Explanation } from '../../../core/messages/explain.ts';
import type { Settings } from '../../../core/settings/settings.ts';
import { errorText } from '../../../editor/notices.ts';
import { type Survey, surveyOf } from '../../../editor/survey-servers.ts';
import type { Words } from '../messages/en.ts';
import { modelChoices } from './model-choices.ts';
import type { ServerChecks } from './server-checks.ts';

export interface ModelsPorts {
  readonly words: Words;
  readonly explain: (error: NotesightError) => Explanation;
  readonly settings: () => Settings;
  readonly change: (changes: Partial<Settings>) => Promise<void>;
  readonly checks: ServerChecks;
}

/**
 * Shows the models of the servers, to choose one.
 * @returns a function that ends the updates
 */
export function showModels(setting: Setting, ports: ModelsPorts): () => void {
  const { words, settings, change, checks } = ports;
  const { models: names, fields } = words.settings;
  setting.settingEl.addClass('notesight-model');
  const note = setting.descEl.createDiv({ attr: { role: 'status' } });
  let show: () => void = () => undefined;
  setting.addDropdown((dropdown) => {
    dropdown.selectEl.ariaLabel = fields.model.name;
    show = () => {
      const survey = surveyFrom(checks);
      const { model } = settings();
      const options = optionsOf(survey instanceof NotesightError ? null : survey, model, words);
      dropdown.selectEl.empty();
      for (const [value, text] of options) dropdown.addOption(value, text);
      dropdown.setValue(model);
      note.setText(noteOn(survey, ports));
    };
    dropdown.onChange(async (model) => {
      await change({ model });
      checks.tell();
    });
  });
  setting.addExtraButton((button) =>
    button
      .setIcon('refresh-cw')
      .setTooltip(names.refresh)
      .onClick(() => {
        checks.again();
      }),
  );
  show();
  return checks.watch(show);
}

/** Null before the first answer. */
type Surveyed = Survey | NotesightError | null;

function surveyFrom({ answers, isPending }: ServerChecks): Surveyed {
  if (answers.length === 0) return null;
  try {
    return surveyOf(answers);
  } catch (error) {
    if (!(error instanceof NotesightError)) throw error;
    // Another server may still answer.
    return isPending ? null : error;
  }
}

function optionsOf(survey: Survey | null, chosen: string, words: Words): [value: string, text: string][] {
  const { models: names } = words.settings;
  const { models = [], best = null } = survey ?? {};
  const isMissing = chosen !== '' && models.every(({ name }) => name !== chosen);
  return [
    ...modelChoices({ models, best }, words).map(({ id, label }): [string, string] => [id, label]),
    ...(isMissing
      ? [[chosen, survey === null ? chosen : `${chosen} (${names.missing})`] as [string, string]]
      : []),
  ];
}

/** The problem with the servers or the chosen model, and what to do; '' for none. */
function noteOn(survey: Surveyed, { words, explain, settings, checks }: ModelsPorts): string {
  if (survey === null) return '';
  if (survey instanceof NotesightError) return errorText(explain, survey);
  if (survey.models.length === 0) return words.settings.models.none;
  const { model: chosen } = settings();
  if (chosen === '') return '';
  const model = survey.models.find(({ name }) => name === chosen);
  const data = { model: chosen, ...(!survey.canPull && { api: 'openai' }) };
  if (model === undefined) {
    return checks.isPending
      ? ''
      : errorText(explain, new NotesightError('model_missing', 'missing', { data }));
  }
  if (model.supportsImages || model.guessed) return '';
  return errorText(explain, new NotesightError('model_cannot_see', 'text-only', { data }));
}
