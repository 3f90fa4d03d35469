/* The page for operators names every log line at warn and above that the nodes can say, and no other. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import ts from 'typescript'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** A line's name, or a pattern where part of it is only known when it is said. */
type Said = { level: string; name: RegExp; place: string; text: string }

describe('docs/Operations.md', () => {
  const rows = [
    ...readFileSync(join(root, 'docs/Operations.md'), 'utf8').matchAll(
      /^\| `([a-z]+\.[a-z-]+)` +\| (warn|error) +\| (.+?) +\| (.+?) +\|$/gm,
    ),
  ].map(([, name, level, cause, action]) => ({ name: name!, level: level!, cause, action }))
  const said = globSync('{workers,cli}/src/**/*.ts', { cwd: root }).flatMap(saidIn)

  it('has a row for each line at warn and above', () => {
    const missing = said.filter(
      ({ name, level }) => !rows.some((row) => name.test(row.name) && row.level === level),
    )
    expect(missing.map(({ text, level, place }) => `${place}: ${level} ${text}`)).to.deep.equal([])
    expect(said.length).to.be.above(25)
  })

  it('has a row for nothing else, each once, in alphabetical order', () => {
    expect(rows.length).to.be.above(25)
    const idle = rows.filter(({ name }) => !said.some((each) => each.name.test(name)))
    expect(idle.map(({ name }) => name)).to.deep.equal([])
    const names = rows.map(({ name }) => name)
    expect(names).to.deep.equal([...new Set(names)].sort())
  })

  it('says what to do about each', () => {
    for (const { name, cause, action } of rows) {
      expect(cause!.length, name).to.be.above(15)
      expect(action!.length, name).to.be.above(3)
    }
  })
})

function saidIn(file: string): Said[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(join(root, file), 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  )
  const found: Said[] = []
  const visit = (node: ts.Node): void => {
    const message = ts.isCallExpression(node) ? messageOf(node) : undefined
    if (message) found.push({ ...message, place: file })
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

/** The level and the name of `log.warn(fields, name)`; a name that is passed on is named where it comes from. */
function messageOf(call: ts.CallExpression): Omit<Said, 'place'> | undefined {
  const [callee, name] = [call.expression, call.arguments[1]]
  if (!ts.isPropertyAccessExpression(callee) || name === undefined) return undefined
  if (!/(^|\.)log\??$/.test(callee.expression.getText())) return undefined
  const level = callee.name.text
  if (level !== 'warn' && level !== 'error') return undefined
  const text = name.getText()
  if (ts.isStringLiteral(name)) return { level, text, name: new RegExp(`^${name.text}$`) }
  if (!ts.isTemplateExpression(name)) return undefined
  const parts = [name.head.text, ...name.templateSpans.map(({ literal }) => literal.text)]
  return { level, text, name: new RegExp(`^${parts.join('[a-z-]+')}$`) }
}
