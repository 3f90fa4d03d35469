import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect } from 'chai'
import { openJournal } from '../../../workers/src/journal/openJournal.ts'
import type { Entry } from '../../../workers/src/journal/journal.ts'

const key = {
  chainId: 1,
  contract: `0x${'A1'.repeat(20)}`,
  account: `0x${'b2'.repeat(20)}`,
  topic: `0x${'c3'.repeat(32)}`,
  round: 7n,
} as const
const entry: Entry = {
  value: -(2n ** 103n),
  confidence: 10_000n,
  salt: `0x${'05'.repeat(16)}`,
  commitment: `0x${'06'.repeat(20)}`,
  r: `0x${'07'.repeat(32)}`,
  vs: `0x${'08'.repeat(32)}`,
}
const other: Entry = { ...entry, value: 1n, commitment: `0x${'09'.repeat(20)}` }

describe('a journal', () => {
  let folder: string
  let file: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'auspex-journal-'))
    file = join(folder, 'journal.db')
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('keeps an entry to the last bit over a restart', async () => {
    const journal = openJournal({ file, now: 5n })
    expect(journal.get(key)).to.equal(undefined)
    expect((await journal.put(key, entry)).status).to.equal('kept')
    journal.close()

    const again = openJournal({ file, now: 9n })
    expect(again.get(key)).to.deep.equal(entry)
    expect(again.since).to.equal(5n)
    again.close()
  })

  it('can be read by another process before it is closed', async () => {
    const journal = openJournal({ file, now: 0n })
    await journal.put(key, entry)
    const reader = openJournal({ file, now: 0n })
    expect(reader.get(key)).to.deep.equal(entry)
    reader.close()
    journal.close()
  })

  it('takes the same entry again and refuses another one', async () => {
    const journal = openJournal({ file, now: 0n })
    await journal.put(key, entry)
    expect((await journal.put(key, entry)).status).to.equal('known')
    expect(await journal.put(key, other)).to.deep.equal({ status: 'conflict', entry })
    expect(journal.get(key)).to.deep.equal(entry)
    journal.close()
  })

  it('keeps apart chains, contracts, accounts, topics and rounds', async () => {
    const journal = openJournal({ file, now: 0n })
    await journal.put(key, entry)
    const others = [
      { ...key, chainId: 2 },
      { ...key, contract: key.account },
      { ...key, account: key.contract },
      { ...key, topic: `0x${'c4'.repeat(32)}` as const },
      { ...key, round: 8n },
    ]
    for (const each of others) expect((await journal.put(each, other)).status).to.equal('kept')
    expect(journal.get(key)).to.deep.equal(entry)
    journal.close()
  })

  it('knows an address however it is written', async () => {
    const journal = openJournal({ file, now: 0n })
    await journal.put(key, entry)
    const contract = key.contract.toLowerCase() as `0x${string}`
    expect((await journal.put({ ...key, contract }, other)).status).to.equal('conflict')
    journal.close()
  })

  it('takes in the words of another journal, and counts as begun only then', async () => {
    const journal = openJournal({ file, now: 5n })
    await journal.put(key, entry)
    const records = [
      { ...key, ...entry },
      { ...key, round: 8n, ...other },
    ]
    expect(journal.adopt({ records, now: 9n })).to.deep.equal({ status: 'adopted', added: 1 })
    expect(journal.adopt({ records, now: 10n })).to.deep.equal({ status: 'adopted', added: 0 })
    expect(journal.since).to.equal(10n)
    expect(journal.get({ ...key, round: 8n })).to.deep.equal(other)
    expect(journal.records()).to.have.length(2)
    journal.close()
  })

  for (const [what, record] of Object.entries({
    'a round that they miss': { ...key, round: 6n, ...entry },
    'something else': { ...key, ...other },
  })) {
    it(`keeps the words of another journal out where it holds ${what}`, async () => {
      const journal = openJournal({ file, now: 5n })
      await journal.put(record, record)
      const records = [
        { ...key, ...entry },
        { ...key, round: 8n, ...entry },
      ]
      expect(journal.adopt({ records, now: 9n })).to.have.property('status', 'newer')
      expect(journal.since).to.equal(5n)
      expect(journal.records()).to.have.length(1)
      journal.close()
    })
  }

  it('is a write-ahead log that only its owner can read', () => {
    openJournal({ file, now: 0n }).close()
    const database = new DatabaseSync(file)
    expect(database.prepare('PRAGMA journal_mode').get()!.journal_mode).to.equal('wal')
    database.close()
    expect(statSync(file).mode & 0o777).to.equal(0o600)
  })

  it('brings a file of the first version along, and gives it an id that stays', async () => {
    openJournal({ file, now: 7n }).close()
    const old = new DatabaseSync(file)
    old.exec('ALTER TABLE meta DROP COLUMN id; PRAGMA user_version = 1')
    old.close()
    const [first, second] = [0, 1].map(() => {
      const journal = openJournal({ file, now: 9n })
      const { since, id } = journal
      journal.close()
      return { since, id }
    })
    expect(first!.since).to.equal(7n)
    expect(first!.id).to.match(/^0x[\da-f]{64}$/)
    expect(second).to.deep.equal(first)
  })

  it('refuses a file of a later version', () => {
    openJournal({ file, now: 0n }).close()
    const database = new DatabaseSync(file)
    database.exec('PRAGMA user_version = 99')
    database.close()
    expect(() => openJournal({ file, now: 0n })).to.throw('newer version')
  })
})
