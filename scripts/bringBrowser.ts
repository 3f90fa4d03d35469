/*
 * `npm test -- browser`: brings the browser in which the page is tested. Installs Debian's Chromium where this runs as root
 * on Debian and none is there; says in a line what to do everywhere else. Never fails: without a browser those tests skip.
 *
 * CHROMIUM names another browser of the same kind.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const SECONDS = { update: 60, install: 150 }
const browser = process.env.CHROMIUM ?? '/usr/bin/chromium'

if (existsSync(browser)) console.log(`The page is tested in ${browser}`)
else if (process.env.CHROMIUM)
  console.log(`No browser at CHROMIUM=${browser}: tests of the page skip`)
else if (canInstall()) install()
else console.log('No Chromium: tests of the page skip. As root on Debian: apt-get install chromium')

function canInstall(): boolean {
  return (
    process.getuid?.() === 0 && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get')
  )
}

function install(): void {
  console.log('No Chromium yet: apt-get install chromium')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const limit = (seconds: number) => ({ env, timeout: 1000 * seconds })
  spawnSync('apt-get', ['update', '-qq'], { ...limit(SECONDS.update), stdio: 'ignore' })
  try {
    const args = [
      'install',
      '-y',
      '-qq',
      '--no-install-recommends',
      'chromium',
      'fonts-dejavu-core',
    ]
    execFileSync('apt-get', args, {
      ...limit(SECONDS.install),
      stdio: ['ignore', 'ignore', 'pipe'],
    })
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: Buffer }
    const [why] = String(stderr ?? message)
      .trim()
      .split('\n')
    return console.log(`It cannot be installed, and tests of the page skip: ${why}`)
  }
  console.log(existsSync(browser) ? 'Chromium is there' : `apt-get brought no ${browser}`)
}
