import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { lessonsPlugin } from './build/lessons.ts';
import { textsPlugin } from './build/texts.ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * The core is two files that the Wasm build leaves in public/core/. They are imported like any
 * other module, so that the bundler gives them hashed names; nothing is copied as it is.
 * WH_CORE=mock puts the stand-in of test/mock/ in their place, for work on the page alone.
 */
function coreAliases(): Record<string, string> {
  if (process.env['WH_CORE'] === 'mock') {
    return { '#core/glue': at('test/mock/wronghost_core.js'), '#core/wasm-url': at('test/mock/wasm-url.ts') };
  }
  const glue = at('public/core/wronghost_core.js');
  const wasm = at('public/core/wronghost_core.wasm');
  if (!existsSync(glue) || !existsSync(wasm)) {
    throw new Error('The core is missing in web/public/core/: run build-scripts/build wasm first.');
  }
  return { '#core/glue': glue, '#core/wasm-url': `${wasm}?url` };
}

/** While developing, Vite puts styles and its client inline, which the page's policy rightly forbids. */
const noPolicyWhileDeveloping: Plugin = {
  name: 'wronghost-dev-policy',
  apply: 'serve',
  transformIndexHtml: (html) => html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, ''),
};

export default defineConfig(({ mode }) => ({
  base: './',
  publicDir: false,
  resolve: { alias: mode === 'test' ? {} : coreAliases() },
  plugins: [lessonsPlugin(), textsPlugin(), noPolicyWhileDeveloping],
  // The same names for both: the core, which both builds see, must be one file.
  worker: { format: 'es', plugins: () => [], rollupOptions: { output: { hashCharacters: 'hex' } } },
  build: {
    target: 'es2022',
    outDir: process.env['WH_CORE'] === 'mock' ? 'dist-mock' : 'dist',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rollupOptions: { output: { hashCharacters: 'hex' } },
  },
  test: {
    include: ['test/unit/**/*.test.ts'],
    reporters: ['default', './test/closing-line.ts'],
  },
}));
