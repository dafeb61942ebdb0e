import { readFileSync } from 'node:fs';

/** The end of marked's only file: its instance with a parser and a renderer, and the exports. */
const TAIL = /;var (\w+)=new (\w+);function (\w+)\([^]*?;export\{([^}]+)\};/;

/**
 * An esbuild plugin: of marked, only the lexer. The rest, a quarter of it, is kept by its own instance, although
 * nothing uses that.
 *
 * @returns {import('esbuild').Plugin}
 */
export function markedLexer() {
  return {
    name: 'marked-lexer',
    setup({ onLoad }) {
      onLoad({ filter: /marked[/\\]lib[/\\]marked\.esm\.js$/ }, ({ path }) => {
        const code = readFileSync(path, 'utf8');
        const exported = TAIL.exec(code)?.[4] ?? '';
        const kept = exported.split(',').filter((name) => /^\w+ as (?:Lexer|Tokenizer)$/.test(name.trim()));
        if (kept.length !== 2) throw new Error('marked is built differently; see scripts/marked-lexer.mjs');
        return { contents: code.replace(TAIL, `;export{${kept.join(',')}};`), loader: 'js' };
      });
    },
  };
}
