// What the community's review of plugins for Obsidian checks, over what the plugin is built of.
import obsidianmd from 'eslint-plugin-obsidianmd';
import { PlainTextParser } from 'eslint-plugin-obsidianmd/dist/lib/plainTextParser.js';
import tseslint from 'typescript-eslint';
import { projects } from './scripts/projects.mjs';

const ownParser = ['manifest.json', 'LICENSE'];

export default tseslint.config(
  {
    ignores: [
      '**/*.mjs',
      '**/*.test.ts',
      'test/**',
      'dist/**',
      'samples/**',
      'src/hosts/cli/**',
      'src/node/**',
      'src/hosts/vscode/**',
    ],
  },
  ...obsidianmd.configs.recommended.map((config) => ({
    ...config,
    ignores: [...(config.ignores ?? []), ...ownParser],
  })),
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { project: projects } },
    rules: {
      'obsidianmd/ui/sentence-case': [
        'warn',
        { brands: ['Ollama', 'Notesight'], ignoreWords: ['cursor'], enforceCamelCaseLower: true },
      ],
    },
  },
  {
    // The core also runs where there is no window, and the list also in a page that is not Obsidian's.
    files: ['src/core/**', 'src/ui/**', 'src/editor/**'],
    rules: { 'obsidianmd/prefer-window-timers': 'off', 'obsidianmd/prefer-create-el': 'off' },
  },
  {
    files: ['manifest.json'],
    languageOptions: { parser: tseslint.parser },
    plugins: { obsidianmd },
    rules: { 'obsidianmd/validate-manifest': 'error' },
  },
  {
    files: ['LICENSE'],
    languageOptions: { parser: PlainTextParser },
    plugins: { obsidianmd },
    rules: { 'obsidianmd/validate-license': 'error' },
  },
);
