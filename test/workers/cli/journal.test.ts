import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Entry } from '../../../workers/src/journal/journal.ts'
import { openJournal } from '../../../workers/src/journal/openJournal.ts'
import { lockFolder } from '../../../workers/src/runtime/lockFolder.ts'
import { deployOn, startAnvil } from '../../helpers/anvil.ts'
import { freshFolder } from '../../helpers/freshFolder.ts'
import { predicted, reported, scope } from '../journal/records.ts'

const main = new URL('../../../cli/src/main.ts', import.meta.url).pathname

describe('auspex journal export, auspex journal import', function () {
  this.timeout(60_000)

  const folder = freshFolder('journal')
  const file = join(folder, 'journal.jsonl')
  let anvil: Awaited<ReturnType<typeof startAnvil>>
  let network: string

  before(async function () {
    anvil = await startAnvil()
    if (anvil === undefined) this.skip()
    network = (await deployOn(anvil)).network
    await keep('old', { 7: predicted, 8: reported })
  })
  after(() => anvil?.stop())

  it('refuse to make up a journal where there is none', async () => {
    const { code, output } = await journal('export', 'none')
    expect(code, output).to.equal(3)
    expect(output).to.include('There is no journal')
  })

  it('refuse while the node runs', async () => {
    const lock = lockFolder({ folder: join(folder, 'old') })
    const { code, output } = await journal('export', 'old')
    lock.release()
    expect(code, output).to.equal(4)
  })

  it('carry all that a node has said to another machine', async () => {
    expect((await journal('export', 'old')).code).to.equal(0)
    const earliest = (await anvil!.chain.getBlock()).timestamp
    const { code, output } = await journal('import', 'new')
    expect(code, output).to.equal(0)
    expect(JSON.parse(output)).to.include({ records: 2, added: 2 })

    const taken = openJournal({ file: join(folder, 'new', 'journal.db'), now: 0n })
    expect(taken.get({ ...scope, round: 7n })).to.deep.equal(predicted)
    expect(taken.get({ ...scope, round: 8n })).to.deep.equal(reported)
    expect(taken.since >= earliest).to.equal(true)
    taken.close()
  })

  it('refuse to import over a newer journal', async () => {
    await keep('newer', { 9: predicted })
    const { code, output } = await journal('import', 'newer')
    expect(code, output).to.equal(3)
    expect(output).to.match(/knows round 9 of 0x\w+.*newer than the file/)
  })

  /** A node's data folder with a journal that holds these rounds. */
  async function keep(name: string, entries: Record<number, Entry>): Promise<void> {
    lockFolder({ folder: join(folder, name) }).release()
    const journal = openJournal({ file: join(folder, name, 'journal.db'), now: 3n })
    for (const [round, entry] of Object.entries(entries)) {
      await journal.put({ ...scope, round: BigInt(round) }, entry)
    }
    journal.close()
  }

  async function journal(verb: 'export' | 'import', name: string) {
    const config = join(folder, `${name}.yaml`)
    const chain = `{ id: 31337, urls: ['${anvil!.url}'], network: '${network}' }`
    writeFileSync(config, `chain: ${chain}\ndataDir: ${name}\n`)
    const args = [main, 'journal', verb, file, '--json', '--config', config]
    return new Promise<{ code: number | null; output: string }>((resolve) => {
      const child = spawn(process.execPath, args)
      let output = ''
      for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (chunk: Buffer) => (output += String(chunk)))
      }
      child.once('close', (code) => resolve({ code, output }))
    })
  }
})
