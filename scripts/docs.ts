/*
 * `npm run docs`: writes docs/Errors.md, docs/api/contracts.md and the JSON Schemas of the command's files; with `--api` the reference of the TypeScript packages
 * instead, in docs/api/typescript, which takes a minute, is not committed, and fails at the first warning.
 */
import { execFileSync } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { jsonSchemaOf, schemaNames } from '../cli/src/config/jsonSchemas.ts'
import { contractsPage } from './docs/contractsPage.ts'
import { errorsPage } from './docs/errorsPage.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const { values } = parseArgs({ options: { api: { type: 'boolean', default: false } } })

if (values.api) {
  const entry = fileURLToPath(import.meta.resolve('typedoc'))
  const typedoc = join(dirname(entry), '../bin/typedoc')
  execFileSync(process.execPath, [typedoc], { cwd: root, stdio: 'inherit' })
} else {
  await mkdir(`${root}/docs/api`, { recursive: true })
  await write('docs/Errors.md', errorsPage())
  await write('docs/api/contracts.md', contractsPage())
  await mkdir(`${root}/cli/schemas`, { recursive: true })
  for (const name of schemaNames) {
    await write(`cli/schemas/${name}.schema.json`, jsonSchemaOf(name))
  }
}

async function write(page: string, text: string): Promise<void> {
  await writeFile(`${root}/${page}`, text)
  console.log(page)
}
