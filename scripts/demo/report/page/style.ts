export const style = `
:root { color-scheme: light dark; --ink: #1c2330; --soft: #667085; --rule: #e4e7ec; --paper: #fbfbfd; --card: #fff; --accent: #0b63ce; --good: #067647; --bad: #b42318; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ef; --soft: #98a2b3; --rule: #2c3442; --paper: #12161d; --card: #191f29; --accent: #6cb0ff; --good: #47cd89; --bad: #f97066; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; }
main { max-width: 1080px; margin: 0 auto; padding: 40px 24px 80px; }
h1 { font-size: 30px; line-height: 1.2; margin: 0 0 8px; letter-spacing: -0.02em; }
h2 { font-size: 22px; margin: 56px 0 4px; letter-spacing: -0.01em; }
h3 { font-size: 15px; margin: 28px 0 2px; }
p { margin: 4px 0 12px; max-width: 76ch; color: var(--soft); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(230px, 1fr)); gap: 12px; margin: 24px 0 8px; }
.tile { background: var(--card); border: 1px solid var(--rule); border-radius: 10px; padding: 14px 16px; }
.tile b { display: block; font-size: 24px; letter-spacing: -0.02em; }
.tile span { color: var(--soft); font-size: 13px; }
.good { color: var(--good); } .bad { color: var(--bad); }
figure { margin: 0; background: var(--card); border: 1px solid var(--rule); border-radius: 10px; padding: 12px 8px 4px; }
svg { display: block; width: 100%; height: auto; color: var(--soft); }
.scroll { overflow-x: auto; background: var(--card); border: 1px solid var(--rule); border-radius: 10px; margin-top: 16px; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; font-size: 13.5px; }
th, td { padding: 6px 12px; text-align: right; white-space: nowrap; border-bottom: 1px solid var(--rule); }
tr:last-child td { border-bottom: 0; }
th { color: var(--soft); font-weight: 500; } th:nth-child(-n + 2), td:nth-child(-n + 2) { text-align: left; }
tr.own td { font-weight: 600; }
pre { background: var(--card); border: 1px solid var(--rule); border-radius: 10px; padding: 14px 16px; overflow-x: auto; }
`

/** One colour a worker, the same in every chart. */
const workers = [
  '#0b63ce',
  '#c2410c',
  '#0f766e',
  '#7c3aed',
  '#a16207',
  '#0891b2',
  '#be185d',
  '#4d7c0f',
  '#4338ca',
  '#9f1239',
  '#0369a1',
  '#6d28d9',
  '#15803d',
  '#b45309',
]

/** Liar, lazy and copier have colours of their own, and so has what is no worker. */
export const colors = {
  aggregate: 'var(--accent)',
  truth: 'var(--ink)',
  plain: 'var(--soft)',
  median: '#a16207',
  best: '#0f766e',
  liar: '#d92d20',
  lazy: '#f79009',
  copier: '#98a2b3',
  house: 'var(--rule)',
  honest: (i: number) => workers[i % workers.length]!,
}
