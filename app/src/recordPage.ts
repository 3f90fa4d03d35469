import { gzipSync } from 'node:zlib'
import { paths } from '../page/paths.ts'
import { readPage } from './readPage.ts'

/** Workers of a topic that a recording holds the pages of: those who earned most. */
const CAREERS = 40

type Rows = { rows: { id: string; worker: string }[] }

/**
 * The whole window as one file of HTML that needs nothing else: page, style and every read that the page makes. `read`
 * answers a path of the API; `says` is what stands where a live page says what the network is doing.
 */
export async function recordPage({
  read,
  says,
}: {
  read: (path: string) => Promise<string>
  says: string
}): Promise<string> {
  const held = new Map<string, string>()
  async function hold(path: string): Promise<Rows> {
    const text = await read(path)
    held.set(path, text)
    return JSON.parse(text) as Rows
  }
  const standing = JSON.parse(await read(paths.standing)) as object
  held.set(paths.standing, JSON.stringify({ ...standing, says }))
  for (let from = 0, more = true; more;) {
    const { rows } = await hold(paths.topics(from))
    for (const { id } of rows) await holdTopic(id)
    from += rows.length
    more = rows.length > 0
  }

  async function holdTopic(id: string): Promise<void> {
    for (const path of [paths.topic, paths.rounds, paths.predictions, paths.record]) {
      await hold(path(id))
    }
    const { rows } = await hold(paths.workers(id))
    for (const { worker } of rows.slice(0, CAREERS)) await hold(paths.worker(id, worker))
  }
  return documentOf(await readPage(), Object.fromEntries(held))
}

/** Script and style within the document; its policy lets nothing in from elsewhere. */
function documentOf(
  { html, script, style }: { html: string; script: string; style: string },
  held: Readonly<Record<string, string>>,
): string {
  const packed = gzipSync(JSON.stringify(held), { level: 9 }).toString('base64')
  const policy = `default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:`
  const put = (text: string, place: RegExp, by: string) => text.replace(place, () => by)
  const styled = put(
    html,
    /<link rel="stylesheet"[^>]*>/,
    `<meta http-equiv="Content-Security-Policy" content="${policy}" />\n    <style>${style}</style>`,
  )
  return put(
    styled,
    /<script type="module" src="\/page\.js"><\/script>/,
    `<script type="text/plain" id="recorded">${packed}</script>
    <script type="module">${script.replaceAll('</script', '<\\/script')}</script>`,
  )
}
