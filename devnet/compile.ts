import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const root = fileURLToPath(new URL('..', import.meta.url))
const hardhat = fileURLToPath(new URL('cli.js', import.meta.resolve('hardhat')))

/**
 * Compiles the contracts that have changed: those of the given sources, or all but the tests'. In a process of its own, as
 * compilers talk and take memory; what they say is shown only where they fail.
 */
export async function compile(files: readonly string[] = []): Promise<void> {
  const what = files.length > 0 ? files : ['--no-tests']
  const args = [hardhat, 'build', '--quiet', ...what]
  await run(process.execPath, args, { cwd: root, maxBuffer: 2 ** 28 }).catch((error: unknown) => {
    const { stdout, stderr } = error as { stdout: string; stderr: string }
    throw new Error(`The contracts do not compile.\n${stdout}${stderr}`)
  })
}
