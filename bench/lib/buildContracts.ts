import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const HARDHAT = fileURLToPath(new URL('cli.js', import.meta.resolve('hardhat')))

/** Compiles the contracts where they have changed; in a process of its own, as compilers talk and take memory. */
export async function buildContracts(): Promise<void> {
  await promisify(execFile)(process.execPath, [HARDHAT, 'build', '--quiet', '--no-tests'])
}
