/*
 * `npm run house`: the measures of the house beside their limits. How long the hand-written TypeScript files are, by room;
 * and how many files one sealed prediction passes between a model's output and the reading of the feed.
 *
 *   npm run house -- --list      names the short files, and the files of the path with their functions
 *   npm run house -- --check     exits 1 where a limit is exceeded
 *
 * The contracts must have been compiled. Import circles are a rule of `npm run arrows`.
 */
import { parseArgs } from 'node:util'
import { measureFiles, percent, sizeLimits } from './house/fileSizes.ts'
import { isPassThrough } from './house/passThroughs.ts'
import { sealedPath } from './house/sealedPath.ts'

/** Files that a prediction may pass, contracts included. */
const LONGEST_PATH = 45

const boolean = { type: 'boolean', default: false } as const
const { values } = parseArgs({ options: { check: boolean, list: boolean } })

const { rows, isKept, tooShort } = measureFiles()
console.log('room          files  median  longest  under 15 lines')
for (const row of rows) console.log(row)
console.log(
  `limits: under ${percent(sizeLimits.shortShare)} short, none over ${sizeLimits.longest}`,
)
if (values.list) for (const { file, lines } of tooShort) console.log(`  ${lines}\t${file}`)

const { files, contracts } = await sealedPath()
const passThroughs = files.filter(({ file }) => isPassThrough(file))
const length = files.length + contracts.length
console.log(
  `\none sealed prediction from model output to feed read: ${length} files entered, ` +
    `${files.length} of sdk and workers and ${contracts.length} contracts; ${passThroughs.length} pass-through`,
)
console.log(`limits: ${LONGEST_PATH} files, no pass-through`)
if (values.list) {
  for (const { file, functions } of files) {
    console.log(`  ${file}\t${functions.filter(Boolean).join(' ')}`)
  }
  for (const file of contracts) console.log(`  ${file}`)
}
for (const { file } of passThroughs) console.log(`  pass-through: ${file}`)

const isShort = length <= LONGEST_PATH && passThroughs.length === 0
process.exit(values.check && !(isKept && isShort) ? 1 : 0)
