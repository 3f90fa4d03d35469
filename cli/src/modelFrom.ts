import { dirname, resolve } from 'node:path'

/** A configured model: a name as it is, the path of a module starting at the configuration file. */
export function modelFrom({ file, model }: { file: string; model: string }): string {
  const isPath = /[/\\]|\.[cm]?[jt]s$/.test(model)
  return isPath ? resolve(dirname(file), model) : model
}
