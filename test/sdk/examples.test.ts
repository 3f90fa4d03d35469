import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import ts from 'typescript'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** What an example may use without declaring it. */
const GIVEN: Record<string, string> = {
  auspex: `import('@auspex/sdk').AuspexClient`,
  topic: `import('@auspex/sdk').TopicId`,
  consent: `import('@auspex/sdk').Consent`,
  openings: `readonly import('@auspex/sdk').Opening[]`,
  one: `Required<import('@auspex/sdk').SignedCommitment>`,
  other: `Required<import('@auspex/sdk').SignedCommitment>`,
  policy: `import('@auspex/sdk').FeedPolicy`,
  ...Object.fromEntries(['round', 'value', 'targetTime', 'id'].map((name) => [name, 'bigint'])),
  ...Object.fromEntries(
    [
      ...['worker', 'owner', 'signer', 'account', 'source', 'factory', 'reputer'],
      ...['arbiter', 'juror', 'history', 'store', 'bonds', 'ring', 'feed'],
    ].map((name) => [name, `import('viem').Address`]),
  ),
  ...Object.fromEntries(
    ['salt', 'saltKey', 'proof', 'model', 'bytes'].map((name) => [name, `import('viem').Hex`]),
  ),
}

/** Declarations of the given names that an example uses and does not declare. */
function givenFor(code: string): string {
  const declared = [...code.matchAll(/(?:const|let) (\w+|\{[^}]*\}|\[[^\]]*\])/g)].join(' ')
  return Object.entries(GIVEN)
    .filter(([name]) => !new RegExp(`\\b${name}\\b(?!:)`).test(declared))
    .map(([name, type]) => `declare const ${name}: ${type}`)
    .join('\n')
}

/** The examples in the documentation of the SDK, as files that stand beside the repository's own. */
function examples(): Map<string, string> {
  const files = new Map<string, string>()
  for (const file of globSync('sdk/src/**/*.ts', { cwd: root })) {
    const text = readFileSync(join(root, file), 'utf8').replace(/^\s*\* ?/gm, '')
    const found = [...text.matchAll(/@example\s*```ts\n([^]*?)```/g)]
    found.forEach(([, code], i) => {
      const name = `example-${file.replaceAll('/', '-').replace('.ts', '')}-${i}.ts`
      files.set(join(root, name), `${code}\n${givenFor(code!)}\nexport {}\n`)
    })
  }
  return files
}

/** The names of all actions and reads, as `auspexActions` binds them. */
function verbs(): string[] {
  const text = readFileSync(join(root, 'sdk/src/client/auspexActions.ts'), 'utf8')
  return [.../^const verbs = \{([^}]*)\}/m.exec(text)![1]!.matchAll(/\w+/g)].map(([verb]) => verb)
}

describe('the examples of the SDK', function () {
  this.timeout(300_000)

  it('show every action and read', () => {
    const sources = globSync('sdk/src/{actions,reads,time}/*.ts', { cwd: root })
      .map((file) => readFileSync(join(root, file), 'utf8'))
      .join('\n')
    const missing = verbs().filter((verb) => {
      const at = sources.search(new RegExp(`^export (?:async )?function ${verb}\\b`, 'm'))
      const before = sources.slice(0, at).trimEnd()
      const note = before.slice(before.lastIndexOf('/**'))
      return at < 0 || !note.endsWith('*/') || !new RegExp(`@example[^]*\\b${verb}\\(`).test(note)
    })
    expect(verbs().length).to.be.above(60)
    expect(missing).to.deep.equal([])
  })

  it('compile as they stand', () => {
    const files = examples()
    expect(files.size).to.be.at.least(60)
    const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile)
    const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root)
    const host = ts.createCompilerHost(options)
    const { fileExists, readFile } = host
    host.fileExists = (name) => files.has(name) || fileExists(name)
    host.readFile = (name) => files.get(name) ?? readFile(name)
    const program = ts.createProgram([...files.keys()], options, host)
    const faults = [...files.keys()].flatMap((name) => {
      const source = program.getSourceFile(name)
      return [
        ...program.getSyntacticDiagnostics(source),
        ...program.getSemanticDiagnostics(source),
      ].map(({ messageText }) => `${name}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`)
    })
    expect(faults).to.deep.equal([])
  })
})
