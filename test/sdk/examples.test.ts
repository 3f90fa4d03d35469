import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import ts from 'typescript'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The examples in the documentation of the SDK, as files that stand beside the repository's own. */
function examples(): Map<string, string> {
  const files = new Map<string, string>()
  for (const file of globSync('sdk/src/**/*.ts', { cwd: root })) {
    const text = readFileSync(join(root, file), 'utf8').replace(/^\s*\* ?/gm, '')
    const found = [...text.matchAll(/@example\s*```ts\n([^]*?)```/g)]
    found.forEach(([, code], i) => {
      const name = `example-${file.replaceAll('/', '-').replace('.ts', '')}-${i}.ts`
      files.set(join(root, name), `${code}\nexport {}\n`)
    })
  }
  return files
}

describe('the examples of the SDK', function () {
  this.timeout(300_000)

  it('compile as they stand', () => {
    const files = examples()
    expect(files.size).to.be.at.least(5)
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
