/*
 * `npm run docs`: writes docs/Errors.md, and with `--api` the reference in docs/api, which takes a minute.
 */
import { execFileSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { errorsPage } from './docs/errorsPage.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const { values } = parseArgs({ options: { api: { type: 'boolean', default: false } } })

await writeFile(`${root}/docs/Errors.md`, errorsPage())
console.log('docs/Errors.md')

if (values.api) {
  const typedoc = createRequire(import.meta.url).resolve('typedoc/bin/typedoc')
  execFileSync(process.execPath, [typedoc], { cwd: root, stdio: 'inherit' })
}
