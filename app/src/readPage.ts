import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

/** The page as it is served. */
export type Page = { html: string; script: string; style: string }

const folder = new URL('../page/', import.meta.url)
let bundled: Promise<Page> | undefined

/** Bundles the page once a process: a tenth of a second. */
export function readPage(): Promise<Page> {
  return (bundled ??= bundle())
}

async function bundle(): Promise<Page> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('main.tsx', folder))],
    outdir: 'page',
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    conditions: ['@auspex/source'],
    logLevel: 'silent',
  })
  const textOf = (ending: string) => outputFiles.find(({ path }) => path.endsWith(ending))!.text
  const html = await readFile(new URL('index.html', folder), 'utf8')
  return { html, script: textOf('.js'), style: textOf('.css') }
}
