import js from '@eslint/js';
import tseslint from 'typescript-eslint';
import { projects } from './scripts/projects.mjs';

/** What each part of the house may not import. The imports point one way: hosts → verbs → parts → ports. */
const core = 'The core knows no editor, no DOM and no Node: pass a port in.';
const verbs = ['caption', 'ask', 'summary', 'search', 'locate'];
const parts = ['image', 'model', 'memory', 'experts'];
/** @param {string[]} folders */
const inside = (folders) => `^(?:\\.\\./)+(?:${folders.join('|')})/`;

const outsideCore = {
  paths: ['obsidian', 'vscode', 'sharp', 'tesseract.js', 'electron'].map((name) => ({ name, message: core })),
  patterns: [
    { regex: '^node:', message: core },
    { regex: '/hosts/', message: core },
  ],
};

export default tseslint.config(
  { ignores: ['dist/**', 'samples/**', 'test/fixtures/**', '.scratch/**', '.vscode-host/**'] },
  js.configs.recommended,
  {
    files: ['**/*.mjs', '**/*.cjs'],
    languageOptions: {
      globals: {
        AbortController: 'readonly',
        AbortSignal: 'readonly',
        fetch: 'readonly',
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
        performance: 'readonly',
        require: 'readonly',
      },
    },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { project: projects } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/prefer-readonly': 'error',
      'no-restricted-syntax': ['error', { selector: 'ExportDefaultDeclaration', message: 'Export by name.' }],
    },
  },
  {
    files: ['src/core/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-imports': ['error', outsideCore],
      'no-restricted-globals': [
        'error',
        ...[
          'process',
          'Buffer',
          'require',
          'global',
          'document',
          'window',
          'localStorage',
          'navigator',
          'fetch',
        ].map((name) => ({ name, message: core })),
      ],
    },
  },
  {
    files: ['src/core/note/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          ...outsideCore,
          patterns: [
            ...outsideCore.patterns,
            { regex: '^\\.\\./', message: 'note/ imports nothing of ours but itself.' },
          ],
        },
      ],
    },
  },
  {
    files: parts.map((part) => `src/core/${part}/**/*.ts`),
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          ...outsideCore,
          patterns: [
            ...outsideCore.patterns,
            { regex: inside(verbs), message: 'What the verbs stand on knows none of them.' },
          ],
        },
      ],
    },
  },
  ...verbs.map((verb) => ({
    files: [`src/core/${verb}/**/*.ts`],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          ...outsideCore,
          patterns: [
            ...outsideCore.patterns,
            {
              regex: inside(verbs.filter((other) => other !== verb)),
              message: "No verb imports another verb's inside.",
            },
          ],
        },
      ],
    },
  })),
  {
    // Obsidian loads what is exported by default.
    files: ['src/hosts/obsidian/main.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['**/*.test.ts', 'test/contracts/*.ts', 'test/llama/*.ts', 'test/vscode/host/with-workbench.ts'],
    rules: {
      // node:test returns promises that the runner itself awaits.
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            { from: 'package', package: 'node:test', name: ['test', 'it', 'describe', 'suite'] },
          ],
        },
      ],
    },
  },
);
