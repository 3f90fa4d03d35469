import { readFileSync } from 'node:fs'
import ts from 'typescript'

/** Whether a file hands everything on: each of its functions is one call with its own parameters, in their order. */
export function isPassThrough(file: string): boolean {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest)
  const functions = source.statements.filter(ts.isFunctionDeclaration)
  return functions.length > 0 && functions.every((each) => handsOn(each, source))
}

function handsOn({ body, parameters }: ts.FunctionDeclaration, source: ts.SourceFile): boolean {
  const [only, ...more] = body?.statements ?? []
  if (only === undefined || more.length > 0 || !ts.isReturnStatement(only)) return false

  const { expression } = only
  const call = expression && ts.isAwaitExpression(expression) ? expression.expression : expression
  if (call === undefined || !ts.isCallExpression(call)) return false
  const given = call.arguments.map((argument) => argument.getText(source))
  const taken = parameters.map(({ name }) => name.getText(source))
  return given.length > 0 && given.join() === taken.join()
}
