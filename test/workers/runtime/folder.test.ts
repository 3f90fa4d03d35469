/* What belongs to a node alone: its folder, its lock, its key. */
import { spawn } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { privateKeyToAccount } from 'viem/accounts'
import { openJournal } from '../../../workers/src/journal/openJournal.ts'
import { addressIn } from '../../../workers/src/keys/addressIn.ts'
import { newKeystore } from '../../../workers/src/keys/newKeystore.ts'
import { openKeystore } from '../../../workers/src/keys/openKeystore.ts'
import { readPassword } from '../../../workers/src/keys/readPassword.ts'
import { secret } from '../../../workers/src/keys/secret.ts'
import { lockFolder } from '../../../workers/src/runtime/lockFolder.ts'
import { OperatorError } from '../../../workers/src/runtime/operatorError.ts'
import { keyOf } from '../../helpers/anvil.ts'

const openJournalModule = new URL('../../../workers/src/journal/openJournal.ts', import.meta.url)
const cli = new URL('../../../cli/src/main.ts', import.meta.url).pathname

describe('a data folder', () => {
  let base: string
  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'auspex-folder-'))
  })
  afterEach(() => rmSync(base, { recursive: true }))

  const refusal = (act: () => unknown): OperatorError => {
    try {
      act()
    } catch (error) {
      return error as OperatorError
    }
    throw new Error('nothing was refused')
  }

  it('is its owner’s alone, also where it was not', () => {
    const folder = join(base, 'data')
    mkdirSync(folder, { mode: 0o755 })
    chmodSync(folder, 0o755)
    lockFolder({ folder }).release()
    expect(statSync(folder).mode & 0o777).to.equal(0o700)
  })

  it('is refused where it, or what a node writes in it, is a symbolic link', () => {
    const target = join(base, 'target')
    mkdirSync(target)
    symlinkSync(target, join(base, 'link'))
    const error = refusal(() => lockFolder({ folder: join(base, 'link') }))
    expect(error).to.have.property('reason', 'requirement')
    expect(error.message).to.match(/link is a symbolic link, and a node follows none/)

    writeFileSync(join(base, 'victim'), 'precious')
    symlinkSync(join(base, 'victim'), join(target, 'lock.pid'))
    refusal(() => lockFolder({ folder: target }))
    expect(readFileSync(join(base, 'victim'), 'utf8')).to.equal('precious')

    symlinkSync(join(base, 'victim'), join(target, 'journal.db'))
    const journal = refusal(() => openJournal({ file: join(target, 'journal.db'), now: 1n }))
    expect(journal.message).to.match(/journal\.db is a symbolic link/)
  })

  it('stays locked under a running node, whoever removes the lock', async () => {
    const file = join(base, 'journal.db')
    lockFolder({ folder: base })
    const script = `
      import { openJournal } from ${JSON.stringify(openJournalModule.href)}
      openJournal({ file: ${JSON.stringify(file)}, now: 1n, exclusive: true })
      console.log('open')
      setInterval(() => {}, 1000)`
    const child = spawn(process.execPath, ['--input-type=module', '-e', script])
    try {
      await new Promise((resolve) => child.stdout.once('data', resolve))
      for (const name of ['lock', 'lock.pid']) rmSync(join(base, name), { force: true })
      lockFolder({ folder: base }).release()
      const error = refusal(() => openJournal({ file, now: 2n, exclusive: true }))
      expect(error).to.have.property('reason', 'locked')
      expect(error.message).to.match(/journal\.db is in use by another process/)
    } finally {
      child.kill('SIGKILL')
      await new Promise((resolve) => child.once('exit', resolve))
    }
    const journal = openJournal({ file, now: 2n, exclusive: true })
    expect(journal.since).to.equal(1n)
    journal.close()
  })

  describe('with a key of another tool', () => {
    const PASSWORD = 'correct horse battery'
    const key = keyOf(2)
    const { address } = privateKeyToAccount(key)

    async function foreign(change: (json: Record<string, unknown>) => void, mark = '') {
      const file = join(base, 'key.json')
      await newKeystore({ file, password: secret(PASSWORD), privateKey: key, cost: 1024 })
      const json = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
      change(json)
      writeFileSync(file, mark + JSON.stringify(json))
      writeFileSync(join(base, 'password'), `\uFEFF${PASSWORD}\r\n`, { mode: 0o600 })
      return file
    }
    const open = async (file: string) => {
      const password = await readPassword({ file: join(base, 'password'), prompt: '' })
      return (await openKeystore({ file, password })).account.address
    }

    it('reads one without an address, and a password behind a mark of byte order', async () => {
      const file = await foreign((json) => delete json.address, '\uFEFF')
      expect(addressIn({ file })).to.equal(undefined)
      expect(await open(file)).to.equal(address)
      const args = [cli, 'keys', 'show', file, '--password-file', join(base, 'password'), '--json']
      const shown = await new Promise<string>((resolve) => {
        let out = ''
        const child = spawn(process.execPath, args)
        for (const stream of [child.stdout, child.stderr])
          stream.on('data', (part) => (out += part))
        child.once('close', () => resolve(out))
      })
      expect(JSON.parse(shown)).to.include({ address })
    })

    it('reads one with an address as geth writes it', async () => {
      const file = await foreign((json) => (json.address = address.slice(2).toLowerCase()))
      expect(addressIn({ file })).to.equal(address)
      expect(await open(file)).to.equal(address)
    })

    it('refuses what is none', () => {
      const file = join(base, 'none.json')
      writeFileSync(file, '{"version":1}', { mode: 0o600 })
      expect(refusal(() => addressIn({ file })).message).to.match(/is no version 3 keystore/)
    })
  })
})
