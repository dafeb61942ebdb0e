// Builds, and takes the pictures of the README, docs/screenshots/*.png: node scripts/screenshots.mjs [--vscode] [NAME …]
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import process from 'node:process';

const root = fileURLToPath(new URL('../', import.meta.url));
const run = (...args) => spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1;
const names = process.argv.slice(2).filter((argument) => argument !== '--vscode');
const host = process.argv.includes('--vscode') ? 'vscode' : 'obsidian';
process.exit(run('esbuild.config.mjs') || run('--import', 'tsx', `test/${host}/screenshots.ts`, ...names));
