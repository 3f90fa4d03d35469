import { expect } from 'chai'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { commandsIn } from './commandsIn.ts'
import { covers } from './covers.ts'
import type { Cover } from './covers.ts'
import { runCommand } from './runCommand.ts'
import type { Running } from './runCommand.ts'
import { wordsOf } from './wordsOf.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const KEEP = 'npm start -- --keep'
const found = findCommands()

describe('the docs', function () {
  this.timeout(900_000)

  it('name no command that is missing in covers.ts', () => {
    const missing = [...found].filter(([command]) => covers[command] === undefined)
    const lines = missing.map(([command, place]) => `${place}: ${command}`)
    expect(lines, 'nobody knows whether these work').to.deep.equal([])
  })

  it('still name every command of covers.ts', () => {
    const left = Object.keys(covers).filter((command) => !found.has(command))
    expect(left).to.deep.equal([])
  })

  for (const page of ['Consumers', 'Guide', 'Operations', 'Topics', 'Workers']) {
    it(`end ${page} with what to do next, on pages that exist`, () => {
      const text = readFileSync(join(root, `docs/${page}.md`), 'utf8')
      const [last] = text.trim().split('\n\n').slice(-1)
      expect(last).to.match(/^Next: /)
      const pages = [...last!.matchAll(/\]\(([\w.]+\.md)(?:#([\w-]+))?\)/g)]
      expect(pages).to.not.have.length(0)
      for (const [, file, heading] of pages) {
        const target = readFileSync(join(root, 'docs', file!), 'utf8')
        const headings = target.matchAll(/^#+ (.+)$/gm)
        const names = [...headings].map(([, words]) => words!.toLowerCase().replace(/\W+/g, '-'))
        if (heading !== undefined) expect(names).to.include(heading)
      }
    })
  }

  describe('name commands that work', () => {
    for (const [command, cover] of coversWith('says')) {
      if ('beside' in cover || command === KEEP) continue

      it(`${command}   (${found.get(command)})`, async () => {
        const { code, output } = await runCommand({ command: inShort(command) }).ended
        expect(code, output).to.equal(0)
        expect(cover.says.test(output), output).to.equal(true)
      })
    }
  })

  describe(`name commands that work beside ${KEEP}`, () => {
    let kept: Running
    let printed: string

    before(async () => {
      kept = runCommand({ command: inShort(KEEP) })
      printed = await kept.says(/until Ctrl-C/)
    })

    after(async () => {
      kept.interrupt()
      await kept.ended
    })

    for (const [command, { says }] of coversWith('beside')) {
      it(`${command}   (${found.get(command)})`, async () => {
        expect(printed).to.include(command)
        const running = runCommand({ command })
        await running.says(says)
        running.interrupt()
        await running.ended
      })
    }
  })

  describe('name commands that other tests run', () => {
    for (const [command, { elsewhere }] of coversWith('elsewhere')) {
      it(`${command}   (${found.get(command)}), ${elsewhere}`, () => {
        const test = readFileSync(join(root, elsewhere), 'utf8')
        for (const word of wordsOf({ command })) {
          expect(
            typeof word === 'string' ? test.includes(word) : word.test(test),
            `${word}`,
          ).to.equal(true)
        }
      })
    }
  })
})

/** Every command of every page, and where it stands first. */
function findCommands(): Map<string, string> {
  const found = new Map<string, string>()
  const pages = globSync('{*,docs/**/*,{bench,contracts,scripts,sdk,workers}/**/*}.md', {
    cwd: root,
    exclude: (name) => name === 'node_modules',
  })
  for (const page of pages.sort()) {
    for (const { text, line } of commandsIn({ page: readFileSync(join(root, page), 'utf8') })) {
      if (!found.has(text)) found.set(text, `${page}:${line}`)
    }
  }
  return found
}

type CoverWith<Key extends string> = Extract<Cover, { [key in Key]?: unknown }>

function coversWith<Key extends string>(key: Key): [string, CoverWith<Key>][] {
  const isSuch = (entry: [string, Cover]): entry is [string, CoverWith<Key>] => key in entry[1]
  return Object.entries(covers).filter(isSuch)
}

function inShort(command: string): string {
  const { swap = {}, more = '' } = covers[command] as CoverWith<'more'>
  const given = Object.entries(swap).reduce(
    (text, [from, to]) => text.replaceAll(from, typeof to === 'string' ? to : to()),
    command,
  )
  return `${given} ${more}`
}
