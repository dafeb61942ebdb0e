/** The TypeScript projects, one for each set of globals. `npm run typecheck` checks each. */
export const projects = [
  'tsconfig.json',
  'src/core/tsconfig.json',
  'src/ui/tsconfig.json',
  'src/editor/tsconfig.json',
  'src/hosts/vscode/tsconfig.json',
  'src/hosts/vscode/webview/tsconfig.json',
  'src/hosts/obsidian/tsconfig.json',
  'src/hosts/obsidian/worker/tsconfig.json',
  'test/bench/tsconfig.json',
  'test/browser/tsconfig.json',
  'test/browser/page/tsconfig.json',
  'test/obsidian/tsconfig.json',
  'test/obsidian/host/tsconfig.json',
  'test/vscode/tsconfig.json',
  'test/vscode/suite/tsconfig.json',
];
