import js from '@eslint/js';
import tseslint from 'typescript-eslint';
import { projects } from './scripts/projects.mjs';

/** What each part may not import. Imports point one way: hosts, editor, node → core; within core, down this list. */
const core = 'The core knows no editor, no DOM and no Node: pass a port in.';
const features = ['caption', 'ask', 'summarize', 'search', 'detect'];
const layers = [
  'text',
  'language',
  'image',
  'markdown',
  'prompts',
  'note',
  'model',
  'answer',
  'recognition',
  'describe',
  'storage',
  'settings',
  'servers',
  'engine',
  'messages',
];
/** @param {string[]} folders */
const inside = (folders) => `^(?:\\.\\./)+(?:${folders.join('|')})/`;
/** @param {string} layer */
const above = (layer) => [...layers.slice(layers.indexOf(layer) + 1), ...features];

const outsideCore = {
  paths: ['obsidian', 'vscode', 'sharp', 'tesseract.js', 'electron'].map((name) => ({ name, message: core })),
  patterns: [
    { regex: '^node:', message: core },
    { regex: '/(?:hosts|editor|node|recognizers|ui)/', message: core },
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
  ...layers.map((layer) => ({
    files: [`src/core/${layer}/**/*.ts`],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          ...outsideCore,
          patterns: [
            ...outsideCore.patterns,
            { regex: inside(above(layer)), message: `core/${layer} imports only what is below it.` },
          ],
        },
      ],
    },
  })),
  ...features.map((feature) => ({
    files: [`src/core/${feature}/**/*.ts`],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          ...outsideCore,
          patterns: [
            ...outsideCore.patterns,
            {
              regex: inside([...features.filter((other) => other !== feature), 'servers', 'engine']),
              message: 'A feature imports no other feature, and gets its models passed in.',
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
    files: ['**/*.test.ts', 'test/{contracts,llama,release}/*.ts', 'test/vscode/host/with-workbench.ts'],
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
