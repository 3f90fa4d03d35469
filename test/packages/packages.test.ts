import { globSync, mkdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createRequire, isBuiltin } from 'node:module'
import { join, relative } from 'node:path'
import { expect } from 'chai'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { freshFolder } from '../helpers/freshFolder.ts'
import { connection, loadFixture, published } from '../helpers/network.ts'
import { hostNode, install, must, pack, root, runAs, versions, writeAll } from './projects.ts'
import { describeTemplates } from './templates.ts'

const VIEM = '2.57.1'
const folders = {
  '@auspex/contracts': 'contracts',
  '@auspex/sdk': 'sdk',
  '@auspex/workers': 'workers',
  auspex: 'cli',
  'create-auspex': 'create',
}
const names = Object.keys(folders) as (keyof typeof folders)[]
const require = createRequire(import.meta.url)
const tsc = require.resolve('typescript/bin/tsc')

describe('the packages', function () {
  this.timeout(900_000)

  const outside = freshFolder('outside')
  let tarballs: Record<string, string>

  before(async () => {
    await must(process.execPath, ['scripts/build.ts'], { cwd: root })
    tarballs = await pack(names, { to: outside })
  })

  const file = (name: keyof typeof folders) => `file:${tarballs[name]}`

  describe('as packed', () => {
    const unpacked = (name: string) => join(outside, 'unpacked', name.replace('/', '-'))

    before(async () => {
      for (const name of names) {
        mkdirSync(unpacked(name), { recursive: true })
        await must('tar', ['-xzf', tarballs[name]!, '-C', unpacked(name)], { cwd: outside })
      }
    })

    for (const name of names) {
      it(`${name} carries its README, licence, changelog and nothing copyleft`, () => {
        const folder = join(unpacked(name), 'package')
        const files = globSync('**/*', { cwd: folder, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
        expect(files).to.include.members(['README.md', 'LICENSE', 'CHANGELOG.md', 'package.json'])
        for (const each of files) {
          const text = readFileSync(join(folder, each), 'utf8')
          const licence = /SPDX-License-Identifier:\s*(\S+)/.exec(text)?.[1] ?? 'MIT'
          expect(licence, each).to.equal('MIT')
        }
      })

      it(`${name} declares all that it imports`, () => {
        const folder = join(unpacked(name), 'package')
        const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<
          string,
          Record<string, string>
        >
        const declared = new Set([
          name,
          ...Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }),
        ])
        const imported = new Set<string>()
        // What a template imports, the project declares that is made of it.
        const files = { cwd: folder, exclude: ['templates/**'] }
        for (const each of globSync(['{dist,bin}/**/*.{js,d.ts}', '**/*.sol'], files)) {
          const text = readFileSync(join(folder, each), 'utf8')
          const found = text.matchAll(IMPORT)
          for (const [, specifier] of found) imported.add(packageOf(specifier!))
        }
        const missing = [...imported].filter((each) => !declared.has(each) && !isBuiltin(each))
        expect(missing).to.deep.equal([])
      })
    }

    for (const name of ['@auspex/sdk', '@auspex/workers', 'auspex', 'create-auspex'] as const) {
      it(`${name} passes publint`, async () => {
        const pkgDir = join(unpacked(name), 'package')
        const { messages, pkg } = await publint({ pkgDir, pack: false, strict: true })
        expect(messages.map((message) => formatMessage(message, pkg!))).to.deep.equal([])
      })
    }
  })

  describe('the SDK', () => {
    const folder = join(outside, 'sdk')

    before(() =>
      install(
        folder,
        { '@auspex/sdk': file('@auspex/sdk'), viem: VIEM },
        {
          'use.mjs': USE_SDK,
          'use.ts': TYPE_SDK,
          'read.ts': READ_SDK,
          'nodenext.json': tsconfig('nodenext', 'nodenext'),
          'bundler.json': tsconfig('esnext', 'bundler'),
        },
      ),
    )

    it('is imported by this Node, and counts as the contracts do', async () => {
      expect(await must(process.execPath, ['use.mjs'], { cwd: folder })).to.equal('ready 7\n')
    })

    it('is imported by the Node of the machine, from 20 on', async function () {
      const host = await hostNode()
      if (host === undefined || Number(host.version.split('.')[0]) < 20) return this.skip()
      const { node } = host
      expect(await must(node, ['use.mjs'], { cwd: folder, node })).to.equal('ready 7\n')
    })

    for (const resolution of ['nodenext', 'bundler']) {
      it(`passes a strict type check with ${resolution}`, async () => {
        await must(process.execPath, [tsc, '-p', `${resolution}.json`], { cwd: folder })
      })
    }

    it('is bundled for a browser without anything of Node, and a reader without the network’s whole ABI', async () => {
      const { build } = await import('esbuild')
      const options = { absWorkingDir: folder, bundle: true, minify: true, write: false } as const
      const browser = { ...options, platform: 'browser', format: 'esm', metafile: true } as const
      const all = await build({
        ...browser,
        stdin: { contents: "export * from '@auspex/sdk'", resolveDir: folder },
      })
      expect(
        Object.keys(all.metafile.inputs).filter((input) => /topicNetworkAbi/.test(input)),
      ).to.have.length(1)
      const reader = await build({ ...browser, entryPoints: ['read.ts'] })
      const { inputs } = Object.values(reader.metafile.outputs)[0]!
      const kept = Object.entries(inputs).filter(
        ([input, { bytesInOutput }]) => bytesInOutput > 0 && /topicNetworkAbi/.test(input),
      )
      expect(kept).to.deep.equal([])
    })
  })

  describe('the command', () => {
    const folder = join(outside, 'cli')
    let chain: Server
    let topic: string

    before(async () => {
      const dependencies = {
        viem: VIEM,
        ...Object.fromEntries(names.slice(1, 4).map((name) => [name, file(name)])),
      }
      await install(folder, dependencies)
      const stage = await loadFixture(published)
      topic = stage.topic
      chain = await serveChain()
      const { port } = chain.address() as AddressInfo
      const network = stage.contract.address
      writeAll(folder, {
        'auspex.yaml': `chain:\n  id: ${stage.keeper!.chainId}\n  urls: [http://127.0.0.1:${port}]\n  network: '${network}'\n`,
      })
    })

    after(() => chain?.close())

    it('brings neither Hardhat nor an indexer', () => {
      const found = globSync('node_modules/{hardhat,ponder,@nomicfoundation,solc}', { cwd: folder })
      expect(found).to.deep.equal([])
    })

    it('says its version and its commands', async () => {
      const { version } = JSON.parse(readFileSync(join(root, 'cli/package.json'), 'utf8'))
      expect(await auspex(['--version'])).to.equal(`${version}\n`)
      expect(await auspex(['--help']))
        .to.include('worker')
        .and.include('reputer')
    })

    it('reads a forecast from a running chain', async () => {
      const { forecast } = JSON.parse(await auspex(['read', topic, '--json']))
      expect(forecast).to.include({ round: '0', contributors: '5', status: 'live' })
    })

    it('does the same on Node 22, where it can be had', async function () {
      const old = join(outside, 'node22')
      const name = `node-${process.platform}-${process.arch}`
      await install(old, { [name]: '22.23.5' }).catch(() => this.skip())
      const node = join(old, 'node_modules', name, 'bin/node')
      expect(await auspex(['read', topic, '--json'], node)).to.include('"live"')
    })

    it('refuses an older Node in one sentence and with 3', async function () {
      const host = await hostNode()
      if (host === undefined || Number(host.version.split('.')[0]) >= 22) return this.skip()
      const { node } = host
      const { code, output } = await runAs('npx', ['auspex', '--version'], { cwd: folder, node })
      expect(code).to.equal(3)
      expect(output.trim().split('\n')).to.have.length(1)
      expect(output).to.include('Node 22.13').and.include(host.version)
    })

    const auspex = (args: string[], node = process.execPath) =>
      must('npx', ['auspex', ...args], { cwd: folder, node })
  })

  describeTemplates({ outside, packed: () => join(outside, 'unpacked/create-auspex/package') })

  describe('the contracts', () => {
    const vault = vaultOfReadme()

    it('compile and pass tests in a fresh Hardhat 3 project', async () => {
      const folder = join(outside, 'hardhat')
      await install(
        folder,
        {
          '@auspex/contracts': file('@auspex/contracts'),
          ...versions(
            'hardhat',
            'mocha',
            'chai',
            'viem',
            '@nomicfoundation/hardhat-mocha',
            '@nomicfoundation/hardhat-viem',
          ),
        },
        {
          'hardhat.config.ts': hardhatConfig(require.resolve('solc/soljson.js')),
          'contracts/Vault.sol': vault,
          'contracts/Vault.t.sol': VAULT_SOLIDITY_TEST,
          'test/vault.ts': VAULT_TYPESCRIPT_TEST,
        },
      )
      for (const kind of ['solidity', 'mocha']) {
        const output = await must('npx', ['hardhat', 'test', kind], { cwd: folder })
        expect(output, kind).to.match(/\b1 passing/)
      }
    })

    it('compile by plain solc with remappings', async () => {
      const folder = join(outside, 'solc')
      const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
      expect(lock.packages['node_modules/solady'].license).to.equal('MIT')
      await install(
        folder,
        { '@auspex/contracts': file('@auspex/contracts') },
        { 'Vault.sol': vault, 'compile.cjs': plainSolc(require.resolve('solc')) },
      )
      expect(await must(process.execPath, ['compile.cjs'], { cwd: folder })).to.match(
        /^Vault [1-9]\d+\n$/,
      )
    })
  })
})

/** What a file imports from other packages, in JavaScript, declarations and Solidity. */
const IMPORT =
  /(?:\b(?:from|import)\s+|\bimport\(|\brequire(?:\.resolve)?\()['"]([^.'"\n][^'"\n]*)['"]/g

/** `@scope/name` or `name` of an import. */
function packageOf(specifier: string): string {
  const [first, second] = specifier.split('/')
  return first!.startsWith('@') ? `${first}/${second}` : first!
}

/** The chain of the fixtures, over HTTP. */
function serveChain(): Promise<Server> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { id, method, params } = JSON.parse(Buffer.concat(chunks).toString())
    const answer = await connection.provider.request({ method, params: params ?? [] }).then(
      (result) => ({ result }),
      (error: Error) => ({ error: { code: -32000, message: error.message } }),
    )
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ jsonrpc: '2.0', id, ...answer }))
  })
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}

/** The example of the README, word for word, with the two lines that every Solidity file begins with. */
function vaultOfReadme(): string {
  const readme = readFileSync(join(root, 'README.md'), 'utf8')
  const code = /```solidity\n([\s\S]*?)```/.exec(readme)?.[1]
  if (code === undefined || !code.includes('contract Vault'))
    throw new Error('The README has no Vault')
  return `// SPDX-License-Identifier: MIT\npragma solidity ^0.8.28;\n${code}`
}

function tsconfig(module: string, moduleResolution: string): string {
  const compilerOptions = {
    module,
    moduleResolution,
    target: 'es2022',
    lib: ['es2022', 'dom'],
    types: [],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: false,
    noEmit: true,
  }
  return JSON.stringify({ compilerOptions, files: ['use.ts'] })
}

const USE_SDK = `
import { createAuspex, readForecast, AuspexError } from '@auspex/sdk'
import { topicNetworkAbi } from '@auspex/sdk/abis'
import { roundAt } from '@auspex/sdk/maths'
if (topicNetworkAbi.length === 0 || !createAuspex || !readForecast || !AuspexError) throw new Error('incomplete')
console.log('ready', String(roundAt({ start: 100n, cadence: 10n }, 175n)))
`

const TYPE_SDK = `
import { createAuspex, createAuspexFromEthers, readForecast } from '@auspex/sdk'
import type { Forecast, TopicId } from '@auspex/sdk'
import { feedFactoryAbi } from '@auspex/sdk/abis'
import { phaseAt } from '@auspex/sdk/maths'
import { createPublicClient, http } from 'viem'

export async function read(topic: TopicId): Promise<Forecast> {
  const publicClient = createPublicClient({ transport: http('http://127.0.0.1:8545') })
  const auspex = await createAuspex({ network: '0x0000000000000000000000000000000000000001', publicClient })
  const { value } = await readForecast(auspex, { topic })
  // @ts-expect-error a value is a bigint
  const wrong: string = value
  void [wrong, feedFactoryAbi, phaseAt, createAuspexFromEthers]
  return readForecast(auspex, { topic })
}
`

const READ_SDK = `
import { createAuspex, readForecast } from '@auspex/sdk'
Object.assign(globalThis, { createAuspex, readForecast })
`

function hardhatConfig(solc: string): string {
  return `
import hardhatMocha from '@nomicfoundation/hardhat-mocha'
import hardhatViem from '@nomicfoundation/hardhat-viem'
import { defineConfig } from 'hardhat/config'

export default defineConfig({
  plugins: [hardhatMocha, hardhatViem],
  solidity: {
    version: '0.8.37',
    path: ${JSON.stringify(solc)},
    npmFilesToBuild: ['@auspex/contracts/mocks/MockTopicFeed.sol'],
  },
})
`
}

const VAULT_SOLIDITY_TEST = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MockTopicFeed} from "@auspex/contracts/mocks/MockTopicFeed.sol";
import {Policy} from "@auspex/contracts/feeds/ForecastPolicy.sol";
import {TopicId, TopicParams} from "@auspex/contracts/types/Topic.sol";
import {Vault} from "./Vault.sol";

contract VaultTest {
    function test_ReadsWhatTheFeedSays() external {
        MockTopicFeed feed = new MockTopicFeed();
        TopicParams memory params;
        params.cadence = 1 hours;
        TopicId topic = feed.createTopic(params);
        Policy memory policy;
        Vault vault = new Vault(feed, topic, policy);
        require(vault.volatility() == 80e18, "nothing published: the cautious answer");
        feed.publish(topic, 20e18, 1e18);
        require(vault.volatility() == 20e18, "published");
        feed.setStale(topic);
        require(vault.volatility() == 80e18, "stale: the cautious answer");
    }
}
`

const VAULT_TYPESCRIPT_TEST = `
import { strict as assert } from 'node:assert'
import { network } from 'hardhat'

describe('a vault', () => {
  it('reads what the feed says', async () => {
    const { viem } = await network.create()
    const feed = await viem.deployContract('MockTopicFeed')
    const zero = '0x0000000000000000000000000000000000000000'
    const create = feed.abi.find((item) => item.type === 'function' && item.name === 'createTopic')
    const terms = Object.fromEntries(
      create.inputs[0].components.map(({ name, type }) => [
        name,
        type === 'string' ? 'volatility' : type === 'address' ? zero : name === 'cadence' ? 3600 : 0,
      ]),
    )
    const { result: topic } = await feed.simulate.createTopic([terms])
    await feed.write.createTopic([terms])
    const policy = { maxAge: 0, minContributors: 0, minWagers: 0n, maxWidth: 0n, maxWidthBps: 0, minValue: 0n, maxValue: 0n, sequencerFeed: zero, grace: 0 }
    const vault = await viem.deployContract('Vault', [feed.address, topic, policy])
    assert.equal(await vault.read.volatility(), 80n * 10n ** 18n)
    await feed.write.publish([topic, 20n * 10n ** 18n, 10n ** 18n])
    assert.equal(await vault.read.volatility(), 20n * 10n ** 18n)
  })
})
`

/** A program that compiles Vault.sol with remappings alone, as Foundry and plain solc resolve imports. */
function plainSolc(solc: string): string {
  return `
const { readFileSync } = require('node:fs')
const solc = require(${JSON.stringify(solc)})
const input = {
  language: 'Solidity',
  sources: { 'Vault.sol': { content: readFileSync('Vault.sol', 'utf8') } },
  settings: {
    remappings: [
      '@auspex/contracts/=node_modules/@auspex/contracts/',
      '@openzeppelin/contracts/=node_modules/@openzeppelin/contracts/',
      'solady/=node_modules/solady/',
    ],
    outputSelection: { '*': { '*': ['evm.bytecode.object'] } },
  },
}
const read = (path) => ({ contents: readFileSync(path, 'utf8') })
const output = JSON.parse(solc.compile(JSON.stringify(input), { import: read }))
const errors = (output.errors ?? []).filter(({ severity }) => severity === 'error')
if (errors.length > 0) throw new Error(errors.map(({ formattedMessage }) => formattedMessage).join(''))
console.log('Vault', output.contracts['Vault.sol'].Vault.evm.bytecode.object.length)
`
}
