/*
 * What `npm create auspex` writes, made from the checkout as before publication: each project is installed outside the
 * repository and passes its own tests. Each prints how long a reader waits.
 */
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { expect } from 'chai'
import { parse } from 'yaml'
import { draftTopic, usualOf } from '../../cli/src/topic/draftTopic.ts'
import { must, root, runAs } from './projects.ts'

const require = createRequire(import.meta.url)
const creator = join(root, 'create/bin/create-auspex.js')
const templates = join(root, 'create/templates')
const QUIET = ['--no-audit', '--no-fund', '--prefer-offline', '--loglevel', 'error']

export function describeTemplates({ outside, packed }: { outside: string; packed: () => string }) {
  const create = (args: string[], bin = creator) =>
    runAs(process.execPath, [bin, ...args], { cwd: outside })

  describe('npm create auspex', () => {
    for (const { args, passing, began } of PROJECTS) {
      const name = args.join(' ')

      it(`${name} passes its own tests`, async function () {
        const start = Date.now()
        const folder = `created-${args.join('')}`
        const { code, output } = await create([args[0]!, folder, ...args.slice(1)])
        expect(code, output).to.equal(0)
        expect(output).to.match(/\nNext: cd \S+ && npm install && npm test\n$/)
        const cwd = join(outside, folder)
        // What a topic needs is among what the worker has installed.
        if (name === 'topic')
          symlinkSync(join(outside, 'created-worker/node_modules'), join(cwd, 'node_modules'))
        else await must('npm', ['install', ...QUIET], { cwd })
        if (args.includes('--hardhat')) withLocalCompiler(cwd)
        if (args.includes('--foundry') && !existsSync(join(cwd, 'node_modules/.bin/forge'))) {
          console.log('        skipped: npm has no forge for this machine')
          this.skip()
        }
        const tested = await must('npm', ['test'], { cwd })
        expect(tested).to.match(passing)
        console.log(`        ${began} in ${Math.round((Date.now() - start) / 1000)} s`)
      })
    }

    it('writes as a package what the registry has, and nothing of a checkout', async () => {
      const bin = join(packed(), 'bin/create-auspex.js')
      for (const [kind, names] of Object.entries(NEEDED)) {
        const [project, ...options] = kind.split(' ')
        const { code, output } = await create(
          [project!, `packed/${kind}`, ...options, '--json'],
          bin,
        )
        expect(code, output).to.equal(0)
        const { files, folder } = JSON.parse(output)
        expect(files).to.include.members(['.gitignore', 'README.md', 'package.json'])
        expect(files).to.not.include('.npmrc')
        const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
        expect(dependencies).to.deep.equal(
          Object.fromEntries(names.map((name) => [name, versionOf(name)])),
        )
      }
    })

    it('answers whatever is wrong in a sentence and with 2, and writes nothing', async () => {
      mkdirSync(join(outside, 'taken'))
      writeFileSync(join(outside, 'taken/notes.txt'), 'mine')
      for (const [line, words] of WRONG) {
        const { code, output } = await create(line)
        expect([code, output]).to.satisfy(([code, output]: [number, string]) => {
          return code === 2 && words.test(output) && !/\n {4}at /.test(output)
        }, line.join(' '))
      }
      const { output: machine } = await create(['worker', 'taken', '--json'])
      expect(JSON.parse(machine).error).to.include({ code: 2, name: 'usage' })
      expect(readdirSync(join(outside, 'taken'))).to.deep.equal(['notes.txt'])
      expect(existsSync(join(outside, 'x'))).to.equal(false)
    })

    it('shows on docs/Consumers.md the very files that it writes', () => {
      const { files, commands } = consumersPage()
      expect(commands).to.deep.equal([
        'npm create auspex consumer vault -- --hardhat',
        'cd vault',
        'npm install',
        'npm test',
      ])
      expect(Object.keys(files)).to.deep.equal([
        'hardhat.config.ts',
        'contracts/Vault.sol',
        'contracts/Vault.t.sol',
      ])
      for (const [name, text] of Object.entries(files)) {
        const part = name.endsWith('.sol') ? 'consumer' : 'consumer-hardhat'
        expect(readFileSync(join(templates, part, name), 'utf8'), name).to.equal(text)
      }
    })

    it('is written on the pages as it is used here', () => {
      for (const [page, command] of Object.entries(ON_PAGES))
        expect(readFileSync(join(root, page), 'utf8')).to.include(`\`${command}\``)
    })

    it('drafts a topic as `auspex topic new` does', () => {
      const file = parse(readFileSync(join(templates, 'topic/topic.yaml'), 'utf8'))
      const { description, truth } = file
      const usual = usualOf.volatility!
      const asked = { description, truth, cadence: 86_400n, minStake: '50', ...usual }
      expect(file).to.deep.equal(parse(draftTopic({ kind: 'volatility', ...asked })))
    })
  })
}

const PROJECTS = [
  {
    args: ['consumer', '--hardhat'],
    passing: /\b1 passing/,
    began: 'empty folder to tested vault',
  },
  {
    args: ['consumer', '--foundry'],
    passing: /2 tests passed, 0 failed/,
    began: 'the same by forge',
  },
  {
    args: ['worker'],
    passing: /grade [A-D]\b[^]*pass 1\n[^]*fail 0\n/,
    began: 'empty folder to graded backtest',
  },
  { args: ['topic'], passing: /pass 3\n[^]*fail 0\n/, began: 'idea to simulated topic' },
]

/** How the pages write what is created here. */
const ON_PAGES = {
  'docs/Workers.md': 'npm create auspex worker my-worker',
  'docs/Topics.md': 'npm create auspex topic my-topic',
}

/** What each project takes from this repository. */
const NEEDED: Record<string, string[]> = {
  'consumer --hardhat': ['@auspex/contracts'],
  'consumer --foundry': ['@auspex/contracts'],
  worker: ['@auspex/workers', 'auspex'],
  topic: ['auspex'],
}

const WRONG: [string[], RegExp][] = [
  [[], /^Usage: npm create auspex/],
  [['vault'], /no project "vault".*consumer, worker, topic/],
  [['Consumer', 'x', '--hardhat'], /no project "Consumer"/],
  [['worker'], /A folder is needed: npm create auspex worker my-worker/],
  [['worker', ' '], /A folder is needed/],
  [['consumer', 'x'], /--hardhat or --foundry is needed.*consumer x -- --hardhat/],
  [['consumer', 'x', '--hardhat', '--foundry'], /not both/],
  [['consumer', 'x', '--truffle'], /Unknown option '--truffle'\. See --help/],
  [['consumer', 'x', '--hardhat=yes'], /does not take an argument/],
  [['worker', 'x', '--hardhat'], /go with consumer; a worker has no contracts/],
  [['topic', 'x', 'y'], /"y" is left over/],
  [['topic', 'taken'], /is not empty, and nothing in it is written over/],
  [['topic', 'taken/notes.txt'], /There is a file at .*notes\.txt already/],
  [['topic', 'taken/notes.txt/deep'], /notes\.txt is a file/],
]

function versionOf(name: string): string {
  const folder = { '@auspex/contracts': 'contracts', '@auspex/workers': 'workers', auspex: 'cli' }[
    name
  ]
  return JSON.parse(readFileSync(join(root, `${folder}/package.json`), 'utf8')).version
}

/** Hardhat would download the compiler: the same version line, from npm's. */
function withLocalCompiler(folder: string): void {
  const file = join(folder, 'hardhat.config.ts')
  const compiler = { version: '0.8.37', path: require.resolve('solc/soljson.js') }
  const written = readFileSync(file, 'utf8')
  const config = written.replace("solidity: '0.8.28'", `solidity: ${JSON.stringify(compiler)}`)
  expect(config).not.to.equal(written)
  writeFileSync(file, config)
}

/** The files that docs/Consumers.md names in the first line of a block, without that line, and the commands before them. */
function consumersPage(): { files: Record<string, string>; commands: string[] } {
  const page = readFileSync(join(root, 'docs/Consumers.md'), 'utf8')
  const [section] = /^## From an empty folder[\s\S]*?(?=^## )/m.exec(page) ?? []
  if (section === undefined) throw new Error('docs/Consumers.md begins in no empty folder')
  const blocks = section.matchAll(/```\w+\n\/\/ (\S+)\n\n?([\s\S]*?)```/g)
  const [, commands = ''] = /```sh\n([\s\S]*?)```/.exec(section) ?? []
  return {
    files: Object.fromEntries([...blocks].map(([, name, text]) => [name!, text!])),
    commands: commands.trim().split('\n'),
  }
}
