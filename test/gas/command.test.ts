import { expect } from 'chai'
import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { snapshotSchema } from '../../bench/gas/snapshot/Snapshot.ts'
import type { Snapshot } from '../../bench/gas/snapshot/Snapshot.ts'
import { freshFolder } from '../helpers/freshFolder.ts'

const MAIN = fileURLToPath(new URL('../../bench/gas/main.ts', import.meta.url))
const COMMITTED = fileURLToPath(new URL('../../bench/gas/snapshot.json', import.meta.url))

describe('npm run gas', function () {
  this.timeout(300_000)

  it('fails where gas rose by 1 % in a phase, a read or a verb, and names it', async () => {
    const committed = readSnapshot(COMMITTED)
    const raised = [
      'commit, sealed, as usual, 40 workers',
      'reveal, signed only, as usual, 100 workers',
      'publish, sealed, in a row, 40 workers',
      'settle, sealed, apart, 100 workers',
      'read feed, cold',
      'withdraw',
    ]
    // A snapshot that is 1 % lower is what a rise by 1 % looks like.
    const lowered = raised.map((name) => [name, Math.floor(committed.gas[name]! / 1.01)] as const)
    const file = join(freshFolder('gas'), 'snapshot.json')
    const gas = { ...committed.gas, ...Object.fromEntries(lowered) }
    writeFileSync(file, JSON.stringify({ ...committed, gas }))

    const { code, stderr } = await run(['--snapshot', '--check', '--file', file])
    expect(code).to.equal(1)
    for (const [name, figure] of lowered) expect(stderr).to.include(`  ${name}: ${figure} -> `)
  })

  it('says so where there is no snapshot', async () => {
    const { code, stderr } = await run(['--snapshot', '--check', '--file', '/nowhere/at-all.json'])
    expect(code).to.equal(1)
    expect(stderr).to.equal('No snapshot at /nowhere/at-all.json. Write one: npm run gas\n')
  })

  it('is committed with every phase of 40 and 100 workers', () => {
    const { gas } = readSnapshot(COMMITTED)
    const phases = {
      'as usual': ['commit', 'publish', 'settle'],
      'in a row': ['commit', 'publish', 'settle'],
      apart: ['commit', 'reveal', 'publish', 'settle'],
    }
    for (const [rhythm, names] of Object.entries(phases)) {
      for (const phase of names) {
        for (const workers of [40, 100]) {
          expect(gas).to.have.property(`${phase}, sealed, ${rhythm}, ${workers} workers`)
        }
      }
    }
  })
})

function readSnapshot(path: string): Snapshot {
  return snapshotSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
}

function run(args: readonly string[]): Promise<{ code: number; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, ...args], (error, _stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stderr })
    })
  })
}
