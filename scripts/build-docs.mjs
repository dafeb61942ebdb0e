// Writes the generated tables of docs/*.md: node scripts/build-docs.mjs
// A table stands between <!-- generated:NAME --> and <!-- /generated -->.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { tsImport } from 'tsx/esm/api';

const root = fileURLToPath(new URL('../', import.meta.url));
const folder = `${root}docs/`;
const GENERATED = /(<!-- generated:([\w-]+) -->\n)[^]*?(<!-- \/generated -->)/g;

/** A list of options longer than this, such as all languages, is not spelled out. */
const MAX_OPTIONS = 6;

/** What the name of a command in Obsidian leaves open. By the key of its name. */
const OBSIDIAN_NOTES = {
  captionAtCursor: 'Also in the context menu of an image.',
  captionFolder: 'The folder of the active note. Also in the context menus of files and folders.',
  captionVault: '',
  describeAgain: 'Replaces the existing text after a review.',
  editAlt: 'Also in the context menu of an image. An empty text removes the alt text.',
  refineAlt:
    'Also in the context menu of an image. Takes feedback such as “shorter”, and can be undone from the message.',
  describeUnder: 'Inserts a collapsed callout, or a caption line if that is your style. Existing text stays.',
  copyDescription: 'Includes the text found in the image.',
  askNote: 'Opens the sidebar. Also on the ribbon, and for one image in its context menu.',
  summarizeNote: 'Shows the summary while it is generated. You choose where to put it.',
  findImage: 'Searches the whole vault. Open the image, insert it, or copy the embed.',
  showUncaptioned: 'Groups images by folder and note.',
  undoBatch: 'In an open note, Ctrl+Z undoes the edits of the batch, too.',
  stop: 'Clicking the status bar does the same.',
  resumeBatch: 'Appears when a batch stopped before it was done.',
  resumeQueued: 'Notesight also retries them on its own.',
};

/** @returns {Promise<Map<string, string>>} the text of every page with current tables, by its file name in docs/ */
export async function renderDocs() {
  const tables = await generateTables();
  const pages = readdirSync(folder).filter((name) => name.endsWith('.md'));
  return new Map(pages.map((name) => [name, fill(readFileSync(folder + name, 'utf8'), name, tables)]));
}

/**
 * @param {string} text
 * @param {string} page
 * @param {Readonly<Record<string, string>>} tables
 */
function fill(text, page, tables) {
  return text.replaceAll(GENERATED, (_all, start, name, end) => {
    const table = tables[name];
    if (table === undefined) throw new Error(`docs/${page}: no generated table is named "${name}"`);
    return `${start}\n${table}\n${end}`;
  });
}

async function generateTables() {
  /** @param {string} file */
  const load = (file) => tsImport(`../src/${file}`, import.meta.url);
  const { en } = await load('hosts/obsidian/messages/en.ts');
  const { settingDefinitions } = await load('hosts/obsidian/settings/settings-definitions.ts');
  const { DEFAULT_SETTINGS } = await load('core/settings/settings.ts');
  const { buildCommandLine } = await load('hosts/cli/main.ts');
  const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
  const texts = JSON.parse(readFileSync(`${root}package.nls.json`, 'utf8'));
  const { program } = buildCommandLine(new AbortController());
  return {
    'obsidian-settings': obsidianSettings(settingDefinitions, en, DEFAULT_SETTINGS),
    'obsidian-commands': obsidianCommands(en.commands),
    'vscode-settings': vscodeSettings(manifest.contributes.configuration, texts),
    'vscode-commands': vscodeCommands(manifest.contributes.commands, texts),
    'cli-commands': cliCommands(program),
    'cli-options': cliOptions(program),
  };
}

function obsidianSettings(settingDefinitions, words, defaults) {
  const rows = new Proxy({}, { get: () => () => undefined });
  const { fields, options } = words.settings;
  const keyOf = (name) => Object.keys(fields).find((key) => fields[key].name === name);
  return settingDefinitions(words, rows)
    .map(({ heading, items }) => {
      const lines = items.map(({ name, desc, control }) => {
        const key = keyOf(name);
        // A live row has no control, but may be a dropdown.
        const shown = control ?? (key in options ? { options: options[key] } : null);
        return [`**${name}**`, desc, shown === null ? '' : obsidianValues(shown, defaults[key])];
      });
      return `**${heading}**\n\n${table(['Setting', 'What it does', 'Values (default in bold)'], lines)}`;
    })
    .join('\n');
}

function obsidianValues(control, value) {
  const { options, type, min, max } = control;
  if (options !== undefined) {
    const shown = Object.entries(options).map(([key, label]) => (key === value ? `**${label}**` : label));
    return shown.length <= MAX_OPTIONS ? shown.join('<br>') : `**${options[value]}**, or one from the list`;
  }
  if (type === 'toggle') return value ? '**on**, off' : 'on, **off**';
  const range = min === undefined ? '' : `${min}–${max}, `;
  return range + (value === '' || value.length === 0 ? '**empty**' : `**${value}**`);
}

function obsidianCommands(commands) {
  const unknown = Object.keys(OBSIDIAN_NOTES).filter((key) => !(key in commands));
  if (unknown.length > 0) throw new Error(`No command in Obsidian is named ${unknown.join(', ')}`);
  return table(
    ['Command', 'Notes'],
    Object.entries(commands).map(([key, name]) => [name, OBSIDIAN_NOTES[key] ?? '']),
  );
}

function vscodeSettings(groups, texts) {
  const text = (key) => (key.startsWith('%') ? texts[key.slice(1, -1)] : key);
  return groups
    .map(({ title, properties }) => {
      const lines = Object.entries(properties).map(([name, setting]) => [
        `\`${name}\``,
        text(setting.markdownDescription),
        vscodeValues(setting, text),
      ]);
      return `**${text(title)}**\n\n${table(['Setting', 'What it does', 'Values (default in bold)'], lines)}`;
    })
    .join('\n');
}

function vscodeValues(setting, text) {
  const { enum: values, default: value, type, minimum, maximum } = setting;
  if (values !== undefined) return vscodeOptions(setting, text);
  if (type === 'boolean') return value ? '**`true`**, `false`' : '`true`, **`false`**';
  const range = minimum === undefined ? '' : `${minimum}–${maximum}, `;
  return range + (value.length === 0 ? '**empty**' : `**\`${value}\`**`);
}

function vscodeOptions({ enum: values, enumItemLabels, markdownEnumDescriptions, default: value }, text) {
  const shown = values.map((each, index) => {
    const label = text(enumItemLabels[index]);
    const name = each === value ? `**${label}** (**\`${each}\`**)` : `${label} (\`${each}\`)`;
    return markdownEnumDescriptions === undefined
      ? name
      : `${name}: ${text(markdownEnumDescriptions[index])}`;
  });
  return shown.length <= MAX_OPTIONS ? shown.join('<br>') : `${shown[0]}, or one from the list`;
}

function vscodeCommands(commands, texts) {
  const lines = commands.map(({ command, title, category }) => [
    `${category}: ${texts[title.slice(1, -1)]}`,
    `\`${command}\``,
  ]);
  return table(['Command', 'Id'], lines);
}

/** @param {import('commander').Command} program */
function cliCommands(program) {
  const help = program.createHelp();
  const lines = help
    .visibleCommands(program)
    .filter((command) => command.name() !== 'help')
    .map((command) => [
      `[\`notesight ${help.subcommandTerm(command).replace(' [options]', '')}\`](#notesight-${command.name()})`,
      help.subcommandDescription(command),
    ]);
  return table(['Command', 'What it does'], lines);
}

/** @param {import('commander').Command} program */
function cliOptions(program) {
  const help = program.createHelp();
  return help
    .visibleCommands(program)
    .filter((command) => command.name() !== 'help')
    .map((command) => {
      const given = help
        .visibleArguments(command)
        .map((argument) => [`\`${help.argumentTerm(argument)}\``, help.argumentDescription(argument)]);
      const options = help
        .visibleOptions(command)
        .filter(({ long }) => long !== '--help')
        .map((option) => [`\`${help.optionTerm(option)}\``, help.optionDescription(option)]);
      const lines = table(['Argument or option', 'What it does'], [...given, ...options]);
      return `### notesight ${command.name()}\n\n\`${help.commandUsage(command)}\`\n\n${lines}`;
    })
    .join('\n');
}

/**
 * @param {readonly string[]} head
 * @param {readonly (readonly string[])[]} lines
 */
function table(head, lines) {
  // Only what was not escaped in code, where a bar would end the cell too.
  const row = (cells) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return `${[row(head), row(head.map(() => '---')), ...lines.map(row)].join('\n')}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [name, text] of await renderDocs()) {
    if (text === readFileSync(folder + name, 'utf8')) continue;
    writeFileSync(folder + name, text);
    console.log(`docs/${name} updated`);
  }
}
