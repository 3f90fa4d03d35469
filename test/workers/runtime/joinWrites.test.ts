import { expect } from 'chai'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { joinWrites } from '../../../workers/src/journal/openJournal.ts'
import { openDatabase } from '../../../workers/src/runtime/openDatabase.ts'

const schema = 'CREATE TABLE words (word INTEGER PRIMARY KEY) STRICT;'

describe('writes that are joined', () => {
  let folder: string
  let database: DatabaseSync
  let other: DatabaseSync
  const keep = (word: number) => () => {
    database.prepare('INSERT INTO words VALUES (?)').run(word)
    return word
  }
  const onDisk = () =>
    other
      .prepare('SELECT word FROM words')
      .all()
      .map(({ word }) => word)

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'auspex-writes-'))
    const file = join(folder, 'words.db')
    database = openDatabase({ file, durable: true, version: 1, schema })
    other = new DatabaseSync(file)
  })
  afterEach(() => {
    if (database.isOpen) database.close()
    other.close()
    rmSync(folder, { recursive: true })
  })

  it('are all on disk when the first of them is told of, and none before', async () => {
    const write = joinWrites(database)
    const written = [write(keep(1)), write(keep(2)), write(keep(3))]
    expect(onDisk()).to.deep.equal([])
    expect(await written[0]).to.equal(1)
    expect(onDisk()).to.deep.equal([1, 2, 3])
    expect(await Promise.all(written)).to.deep.equal([1, 2, 3])
    await write(keep(4))
    expect(onDisk()).to.deep.equal([1, 2, 3, 4])
  })

  it('fail one by one where they are wrong', async () => {
    const write = joinWrites(database)
    const written = await Promise.allSettled([write(keep(1)), write(keep(1)), write(keep(2))])
    expect(written.map(({ status }) => status)).to.deep.equal([
      'fulfilled',
      'rejected',
      'fulfilled',
    ])
    expect(onDisk()).to.deep.equal([1, 2])
  })

  it('fail where somebody else is writing, and later ones are taken', async () => {
    const write = joinWrites(database)
    other.exec('BEGIN IMMEDIATE')
    const [refused] = await Promise.allSettled([write(keep(1))])
    expect(refused!.status).to.equal('rejected')
    other.exec('ROLLBACK')
    expect(onDisk()).to.deep.equal([])
    expect(await write(keep(2))).to.equal(2)
    expect(onDisk()).to.deep.equal([2])
  })

  it('all fail where the disk does not take them, and later ones are taken', async () => {
    database.exec('PRAGMA foreign_keys = ON')
    database.exec(
      'CREATE TABLE owed (word INTEGER REFERENCES words DEFERRABLE INITIALLY DEFERRED) STRICT',
    )
    const write = joinWrites(database)
    const owe = () => database.prepare('INSERT INTO owed VALUES (9)').run()
    const written = await Promise.allSettled([write(keep(1)), write(owe)])
    expect(written.map(({ status }) => status)).to.deep.equal(['rejected', 'rejected'])
    await write(keep(2))
    expect(onDisk()).to.deep.equal([2])
  })

  it('are not told of where the file was closed before', async () => {
    const written = Promise.allSettled([joinWrites(database)(keep(1))])
    database.close()
    expect((await written).map(({ status }) => status)).to.deep.equal(['rejected'])
    expect(onDisk()).to.deep.equal([])
  })
})
