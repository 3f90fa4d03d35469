import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../../..', import.meta.url))
const hardhat = join(
  dirname(createRequire(import.meta.url).resolve('hardhat/package.json')),
  'dist/src/cli.js',
)

/** What the demo deploys; the first `npm run compile` or `npm test` compiles the rest. */
const files = [
  'TopicNetwork',
  'TopicDesk',
  'truth/ReputerTruth',
  'mocks/TestToken',
  'examples/VolatilityLending',
].map((name) => `contracts/${name}.sol`)

/** Compiles what is not compiled yet; the compiler's notes are shown only where it fails. */
export async function compile(): Promise<void> {
  const args = [hardhat, 'build', '--quiet', ...files]
  await run(process.execPath, args, { cwd: root, maxBuffer: 2 ** 28 }).catch((error: unknown) => {
    const { stdout, stderr } = error as { stdout: string; stderr: string }
    throw new Error(`The contracts do not compile.\n${stdout}${stderr}`)
  })
}
