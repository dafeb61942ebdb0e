// Writes the languages of the core into the language setting of package.json: node scripts/list-languages.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { tsImport } from 'tsx/esm/api';

const path = fileURLToPath(new URL('../package.json', import.meta.url));
const { LANGUAGE_CODES, LANGUAGE_VARIANTS } = await tsImport(
  '../src/core/language/language-codes.ts',
  import.meta.url,
);
const { languageName } = await tsImport('../src/core/language/language-name.ts', import.meta.url);

const languages = [...LANGUAGE_CODES, ...LANGUAGE_VARIANTS]
  .map((code) => ({ code, name: languageName(code) }))
  .sort((a, b) => a.name.localeCompare(b.name, 'en'));
const manifest = JSON.parse(readFileSync(path, 'utf8'));
const setting = manifest.contributes.configuration
  .map(({ properties }) => properties['notesight.language'])
  .find((each) => each !== undefined);
setting.enum = ['auto', ...languages.map(({ code }) => code)];
setting.enumItemLabels = [
  '%setting.language.auto%',
  ...languages.map(({ code, name }) => `${name} · ${code}`),
];
writeFileSync(path, `${JSON.stringify(manifest, null, 2)}\n`);
