import { readFileSync } from 'node:fs'
import { Session } from 'node:inspector/promises'
import { fileURLToPath } from 'node:url'

/** A file of ours and the names of its functions that were entered; one without a name is an arrow function. */
export type EnteredFile = { file: string; functions: string[] }

/** Counts with V8's precise coverage which functions are entered from `begin` on. */
type Recorder = {
  begin: () => Promise<void>
  end: () => Promise<EnteredFile[]>
}

const root = new URL('../../', import.meta.url).href
const ours = /^(sdk|workers)\/src\//

/** Opens the inspector in this process. Files that are first imported while it records count by their functions alone. */
export async function recordCoverage(): Promise<Recorder> {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })

  return {
    begin: async () => {
      await session.post('Profiler.takePreciseCoverage')
    },
    end: async () => {
      const { result } = await session.post('Profiler.takePreciseCoverage')
      await session.post('Profiler.stopPreciseCoverage')
      session.disconnect()
      return result
        .filter(({ url }) => url.startsWith(root) && ours.test(url.slice(root.length)))
        .map(({ url, functions }) => ({
          file: url.slice(root.length),
          functions: functions.filter(isEnteredIn(url)).map(({ functionName }) => functionName),
        }))
        .filter(({ functions }) => functions.length > 0)
        .sort((a, b) => a.file.localeCompare(b.file))
    },
  }
}

/** The first range of a function tells how often it was entered; a module as a whole is no function. */
function isEnteredIn(url: string) {
  const { length } = readFileSync(fileURLToPath(url), 'utf8')
  return ({ ranges }: { ranges: { startOffset: number; endOffset: number; count: number }[] }) => {
    const [whole] = ranges
    const isModule = whole!.startOffset === 0 && whole!.endOffset >= length
    return whole!.count > 0 && !isModule
  }
}
