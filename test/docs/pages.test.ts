import { execFileSync } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { expect } from 'chai'
import * as sdk from '@auspex/sdk'
import * as abis from '@auspex/sdk/abis'
import type { Abi } from 'viem'

const root = join(import.meta.dirname, '../..')
const pages = globSync('{*,docs/**/*,{cli,contracts,sdk,workers}/*}.md', { cwd: root })
const read = (page: string) => readFileSync(join(root, page), 'utf8')
const readme = read('README.md')

describe('the pages', () => {
  it('link to files that exist', () => {
    const broken = pages.flatMap((page) =>
      [...read(page).matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
        .map(([, link]) => link!)
        .filter((link) => !/^[a-z]+:/.test(link))
        .filter((link) => !existsSync(join(root, dirname(page), link)))
        .map((link) => `${page}: ${link}`),
    )
    expect(broken).to.deep.equal([])
  })

  it('name files and folders that exist', () => {
    const path = /^(?:bench|chaos|cli|contracts|docs|scripts|sdk|test|workers)\/[\w./*-]+$/
    const built = /^(?:docs\/api|contracts\/abis)\b/
    const missing = pages.flatMap((page) =>
      [...read(page).matchAll(/`([^`\s]+)`/g)]
        .map(([, span]) => span!)
        .filter((span) => path.test(span) && !built.test(span))
        .filter((span) => globSync([span, `${span}.md`, `${span}*.md`], { cwd: root }).length === 0)
        .map((span) => `${page}: ${span}`),
    )
    expect(missing).to.deep.equal([])
  })
})

describe('README.md', () => {
  it('starts with what it is, a picture and two commands, and stays short', () => {
    const start = readme.slice(0, readme.indexOf('\n## '))
    const [picture, commands] = [start.indexOf('](docs/pictures/'), start.indexOf('```sh')]
    expect(picture).to.be.above(0)
    expect(commands).to.be.above(picture)
    expect(/```sh\n(.*)\n(.*)\n```/.test(start)).to.equal(true)
    expect(readme.trimEnd().split('\n').length).to.be.below(150)
  })

  it('leads to the files that seal, combine and pay', () => {
    const doing = { seals: 'seal(', combines: 'aggregate(', pays: 'settle(' }
    for (const [step, verb] of Object.entries(doing)) {
      const row = new RegExp(`^\\|.*\\*\\*${step}\\*\\*.*$`, 'm').exec(readme)![0]
      const files = [...row.matchAll(/\]\(([^)]+)\)/g)].map(([, file]) => read(file!))
      expect(files[0], step).to.include(`function ${verb}`)
    }
  })
})

describe('docs/Threats.md', () => {
  const page = read('docs/Threats.md')

  it('names every attacker that is played, and none that is not', () => {
    const played = globSync('test/adversarial/*.t.sol', { cwd: root }).map((file) => basename(file))
    const named = [...page.matchAll(/`(\w+\.t\.sol)`/g)].map(([, file]) => file!)
    expect([...new Set(named)]).to.have.members(played)
  })
})

describe('docs/Guide.md', () => {
  it('keeps keys, passwords and data where git does not look', () => {
    const guide = read('docs/Guide.md')
    const files = [...guide.matchAll(/(?:keystore|passwordFile|dataDir): ([^\s,}]+)/g)]
    const written = [...guide.matchAll(/keys (?:new|import) (\S+)/g)]
    const places = [...files, ...written].map(([, place]) => place!)
    expect(places).to.have.length(6)
    const ignored = execFileSync('git', ['check-ignore', ...places], { cwd: root }).toString()
    expect(ignored.trim().split('\n')).to.deep.equal(places)
  })
})

describe('docs/Glossary.md', () => {
  it('lists words that public names do not use', () => {
    const avoided = [...read('docs/Glossary.md').matchAll(/^\|.*\|([^|]*)\|$/gm)]
      .slice(2)
      .flatMap(([, cell]) => cell!.split(',').map((word) => word.trim().toLowerCase()))
      .filter((word) => word !== '-')
    expect(avoided.length).to.be.above(15)
    const names = [...Object.keys(sdk), ...Object.entries(abis).flatMap(namesIn)]
    const odd = names.flatMap((name) =>
      avoided.filter((word) => wordsIn(name).includes(word)).map((word) => `${name}: ${word}`),
    )
    expect(names.length).to.be.above(200)
    expect(odd).to.deep.equal([])
  })
})

/** The optimistic oracle is a contract outside, and has that name there. */
const outside = ['NotTheOracle', 'oracle']

function namesIn([name, abi]: [string, unknown]): string[] {
  // The token's names are those of its standard.
  if (name === 'erc20Abi' || !Array.isArray(abi)) return []
  const names = (abi as Abi).flatMap((item) => ('name' in item ? [item.name] : []))
  return names.filter((each) => !outside.includes(each))
}

function wordsIn(name: string): string[] {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[ _]/)
  return [...words, words.join('')]
}
