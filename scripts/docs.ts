/*
 * `npm run docs`: writes docs/Errors.md and docs/api/contracts.md, and with `--api` the reference of the TypeScript packages in
 * docs/api/typescript, which takes a minute and is not committed.
 */
import { execFileSync } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { contractsPage } from './docs/contractsPage.ts'
import { errorsPage } from './docs/errorsPage.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const { values } = parseArgs({ options: { api: { type: 'boolean', default: false } } })

await writeFile(`${root}/docs/Errors.md`, errorsPage())
console.log('docs/Errors.md')
await mkdir(`${root}/docs/api`, { recursive: true })
await writeFile(`${root}/docs/api/contracts.md`, contractsPage())
console.log('docs/api/contracts.md')

if (values.api) {
  const typedoc = createRequire(import.meta.url).resolve('typedoc/bin/typedoc')
  execFileSync(process.execPath, [typedoc], { cwd: root, stdio: 'inherit' })
}
