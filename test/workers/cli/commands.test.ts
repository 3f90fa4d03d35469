import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { toFunctionSelector } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { newKeystore } from '../../../workers/src/keys/newKeystore.ts'
import { secret } from '../../../workers/src/keys/secret.ts'
import { lockFolder } from '../../../workers/src/runtime/lockFolder.ts'
import { keyOf, startAnvil } from '../../helpers/anvil.ts'

const main = new URL('../../../cli/src/main.ts', import.meta.url).pathname
const TOPIC = `0x${'11'.repeat(32)}`
const NETWORK = `0x${'22'.repeat(20)}`
const PASSWORD = 'correct horse battery'

type Ran = { code: number; out: string; err: string }

describe('the command line', function () {
  this.timeout(60_000)

  let folder: string
  const path = (name: string) => join(folder, name)

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'auspex-cli-'))
  })
  after(() => rmSync(folder, { recursive: true }))

  function write(name: string, text: string, mode = 0o600): string {
    writeFileSync(path(name), text, { mode })
    chmodSync(path(name), mode)
    return path(name)
  }

  /** No command shows a stack trace, whatever is wrong. */
  async function auspex(...args: string[]): Promise<Ran> {
    const ran = await new Promise<Ran>((resolve) => {
      const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
      let out = ''
      let err = ''
      child.stdout.on('data', (chunk: Buffer) => (out += String(chunk)))
      child.stderr.on('data', (chunk: Buffer) => (err += String(chunk)))
      child.once('exit', (code) => resolve({ code: code ?? 1, out, err }))
    })
    expect(ran.out + ran.err).to.not.match(/\n\s+at .*:\d+/)
    return ran
  }

  const chain = (url: string, id = 31337) =>
    `chain:\n  id: ${id}\n  urls: ['${url}']\n  network: ${NETWORK}\n`
  const worker = (url: string, more = '') =>
    `${chain(url)}topic: ${TOPIC}\nkeys: { keystore: key.json, passwordFile: password }\n` +
    `dataDir: data\nsource: { kind: sample }\nquestion: close\nmodel: ewma\nconfidence: 0.5\n${more}`

  describe('given a mistake in how it is called', () => {
    it('ends with 2', async () => {
      expect((await auspex('predict')).code).to.equal(2)
      expect((await auspex('read', '0x12')).code).to.equal(2)
      expect((await auspex('read', TOPIC, '--config', path('absent.yaml'))).code).to.equal(2)
    })

    it('tells every mistake of a configuration by file, line and column', async () => {
      const text = worker('http://127.0.0.1:1', 'pollMs: fast\ncolour: red\n').replace(
        '31337',
        'one',
      )
      const config = write('wrong.yaml', text)
      const { code, err } = await auspex('worker', 'start', '--config', config)
      const lines = err.trim().split('\n')
      expect(code).to.equal(2)
      expect(lines).to.have.length(3)
      expect(lines[0]).to.match(
        /wrong\.yaml:2:3: chain\.id is wrong: .*number.* It takes: the chain id/,
      )
      expect(lines[1]).to.match(/wrong\.yaml:12:1: pollMs is wrong/)
      expect(lines[2]).to.match(/wrong\.yaml:13:1: colour is no field of this file/)
    })

    it('names every field of a file in the help of the command that reads it', async () => {
      const helpOf = async (...args: string[]) => (await auspex(...args, '--help')).out
      expect(await helpOf('topic', 'create')).to.match(
        /description +the question in words[^]*interval +[^]*\(may be left out\)[^]*sigma +how far/,
      )
      expect(await helpOf('worker', 'start')).to.match(
        /chain\.id +the chain id[^]*source\.file +path[^]*logLevel/,
      )
      expect(await helpOf('reputer', 'start')).to.match(/topics\[\]\.id +the id[^]*claimFrom/)
    })

    it('refuses an interval that is not on offer', async () => {
      const terms = write('terms.yaml', 'interval: 0.85\n')
      const { code, err } = await auspex('topic', 'create', terms)
      expect(code).to.equal(2)
      expect(err).to.match(/terms\.yaml:1:1: interval is wrong: must be 0\.8, 0\.9 or 0\.95/)
    })

    it('tells where YAML itself is broken', async () => {
      const config = write('broken.yaml', 'chain:\n  id: [1\n')
      const { code, err } = await auspex('read', TOPIC, '--config', config)
      expect(code).to.equal(2)
      expect(err).to.match(/broken\.yaml:\d+:\d+: /)
    })

    it('tells machines in JSON', async () => {
      const { code, err } = await auspex('read', TOPIC, '--json', '--config', path('absent.yaml'))
      expect(JSON.parse(err).error).to.include({ code, name: 'usage' })

      for (const args of [['topic', 'create'], ['predict'], ['read', '0x12'], ['topic']]) {
        const { code, err } = await auspex(...args, '--json')
        expect(code).to.equal(2)
        expect(JSON.parse(err).error).to.include({ code, name: 'usage' })
      }
    })
  })

  describe('given no node at the URL', () => {
    it('ends with 1 and says so', async () => {
      const config = write('nowhere.yaml', chain('http://127.0.0.1:1'))
      const { code, err } = await auspex('read', TOPIC, '--config', config)
      expect(code).to.equal(1)
      expect(err).to.match(/No node answers at 127\.0\.0\.1:1 \(/)
    })
  })

  describe('given keys', () => {
    it('makes one, encrypted, that only its owner can read', async () => {
      write('password', `${PASSWORD}\n`)
      const args = ['keys', 'new', path('made.json'), '--password-file', path('password')]
      const { code, out } = await auspex(...args)
      expect(code).to.equal(0)
      expect(out.trim().split('\n').at(-1)).to.match(/^Next: /)
      expect(statSync(path('made.json')).mode & 0o777).to.equal(0o600)

      const keystore = JSON.parse(readFileSync(path('made.json'), 'utf8'))
      const crypto = keystore.Crypto ?? keystore.crypto
      expect(crypto.kdf).to.equal('scrypt')
      expect(crypto.kdfparams.n).to.equal(2 ** 17)

      const shown = await auspex('keys', 'show', path('made.json'), '--json')
      expect(out).to.include(JSON.parse(shown.out).address)
      expect((await auspex(...args)).code).to.equal(1)
    })

    it('takes in one that there is, out of the environment', async () => {
      write('password', `${PASSWORD}\n`)
      const args = ['keys', 'import', path('mine.json'), '--password-file', path('password')]
      expect((await auspex(...args)).code).to.equal(2)
      process.env.AUSPEX_KEY = keyOf(3)
      const { code, out, err } = await auspex(...args, '--json')
      delete process.env.AUSPEX_KEY
      expect(code, err).to.equal(0)
      expect(JSON.parse(out).address).to.equal(privateKeyToAccount(keyOf(3)).address)
    })

    it('refuses a folder that is not there', async () => {
      write('password', `${PASSWORD}\n`)
      const file = path('absent/made.json')
      const { code, err } = await auspex('keys', 'new', file, '--password-file', path('password'))
      expect(code).to.equal(3)
      expect(err).to.match(/There is no folder .*absent\. Make it first/)
    })

    it('refuses files that others can read, with the command that helps', async () => {
      write('open', `${PASSWORD}\n`, 0o644)
      const args = ['keys', 'new', path('never.json'), '--password-file', path('open')]
      const { code, err } = await auspex(...args)
      expect(code).to.equal(3)
      expect(err).to.include(`chmod 600 '${path('open')}'`)
    })

    it('refuses to go on where it could not ask for a password', async () => {
      const { code, err } = await auspex('keys', 'new', path('never.json'))
      expect(code).to.equal(3)
      expect(err).to.include('--password-file')
    })
  })

  it('explains a selector, and says where to look for one that it does not know', async () => {
    const known = await auspex('explain', toFunctionSelector('ZeroAmount()'))
    expect(known.code).to.equal(0)
    expect(known.out).to.include('ZeroAmount').and.to.include('Give a positive amount')

    const unknown = await auspex('explain', '0x12345678')
    expect(unknown.code).to.equal(1)
    expect(unknown.err).to.include('another contract')
  })

  describe('given a chain', () => {
    let anvil: Awaited<ReturnType<typeof startAnvil>>

    before(async function () {
      anvil = await startAnvil()
      if (anvil === undefined) this.skip()
      write('password', `${PASSWORD}\n`)
      const privateKey = keyOf(1)
      const file = path('key.json')
      await newKeystore({ file, password: secret(PASSWORD), privateKey, cost: 1024 })
      await anvil.chain.setCode({ address: NETWORK as `0x${string}`, bytecode: '0x00' })
    })
    after(() => anvil?.stop())

    it('ends with 5 where it is another one', async () => {
      const config = write('other.yaml', chain(anvil!.url, 1))
      const { code, err } = await auspex('read', TOPIC, '--config', config)
      expect(code).to.equal(5)
      expect(err).to.match(/No node serves chain 1, .*serves chain 31337/)
    })

    it('ends with 5 where the network is not on it', async () => {
      const text = chain(anvil!.url).replace(NETWORK, `0x${'23'.repeat(20)}`)
      const { code, err } = await auspex('read', TOPIC, '--config', write('empty.yaml', text))
      expect(code).to.equal(5)
      expect(err).to.include('There is no contract at')
    })

    it('ends with 3 where the password is wrong, and shows neither', async () => {
      write('guess', 'some other password\n')
      const text = worker(anvil!.url).replace('passwordFile: password', 'passwordFile: guess')
      const { code, err, out } = await auspex('worker', 'start', '-c', write('guess.yaml', text))
      expect(code).to.equal(3)
      expect(err).to.include('The password does not open')
      expect(err + out).to.not.include('some other password')
    })

    it('ends with 4 where another node has the folder', async () => {
      const lock = lockFolder({ folder: path('data') })
      const config = write('second.yaml', worker(anvil!.url))
      const { code, err } = await auspex('worker', 'start', '--config', config)
      lock.release()
      expect(code).to.equal(4)
      expect(err).to.include(path('data')).and.to.include(`process ${process.pid}`)
    })

    it('answers a wrong model with the list', async () => {
      for (const model of ['oracle', 'liar']) {
        const config = write('model.yaml', worker(anvil!.url).replace('ewma', model))
        const { code, err } = await auspex('worker', 'start', '--config', config)
        expect(code).to.equal(2)
        expect(err).to.match(new RegExp(`There is no model "${model}".*ewma`))
        expect(err).not.to.match(/Choose one of.*(liar|lazy|copier)/)
      }
    })
  })
})

describe('a secret', () => {
  it('shows itself to nobody by accident', () => {
    const hidden = secret('hunter2')
    const shown = [String(hidden), JSON.stringify({ hidden }), `${hidden}`]
    for (const text of shown) expect(text).to.not.include('hunter2')
    expect(hidden.reveal()).to.equal('hunter2')
  })
})
