import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { paths } from './paths.ts'
import { isRecorded } from './recording.ts'
import { useBlock, useRead } from './useRead.ts'
import type { Standing } from './useRead.ts'

/** What stands around every page: name, what the network is doing, the theme. */
export function Frame({ children }: { children: ComponentChildren }) {
  const { block, rounds } = useBlock()
  const { data, error } = useRead<Standing>(paths.standing)
  return (
    <>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <header class="top">
        <a class="brand" href="#/" aria-label="Auspex, all topics">
          <svg viewBox="0 0 32 32" width="26" height="26" aria-hidden="true">
            <circle cx="16" cy="16" r="15" class="disc" />
            <path d="M5 20 Q11 9 16 17 T27 11" class="wing" />
          </svg>
          Auspex
        </a>
        <p class="standing" role="status">
          <span class={error ? 'dot bad' : 'dot'} aria-hidden="true" />
          <span>{error ?? data?.says ?? 'Connecting'}</span>
          {!isRecorded() && (
            <span class="quiet" data-block={block}>
              block {block.toLocaleString('en-US')} · {rounds.toLocaleString('en-US')} rounds
            </span>
          )}
        </p>
        <Theme />
      </header>
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      <footer class="bottom">
        <p>
          Read-only, from the events of the network{data?.network ? ` ${data.network}` : ''}
          {data?.chainId ? ` on chain ${data.chainId}` : ''}.
          {!isRecorded() && (
            <>
              {' '}
              The same rows: <a href="/api/topics">/api/topics</a>,{' '}
              <a href="/api/openapi.json">OpenAPI</a>.
            </>
          )}
        </p>
      </footer>
    </>
  )
}

const themes = ['auto', 'light', 'dark'] as const

function Theme() {
  const [theme, setTheme] = useState<string>(() => localStorage.getItem('theme') ?? 'auto')
  useEffect(() => {
    if (theme === 'auto') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = theme
    localStorage.setItem('theme', theme)
    window.dispatchEvent(new Event('theme'))
  }, [theme])
  const next = themes[(themes.indexOf(theme as never) + 1) % themes.length]!
  return (
    <button class="theme" type="button" onClick={() => setTheme(next)}>
      Theme: {theme}
    </button>
  )
}
