import { errorGuides } from '@auspex/sdk'

/** The text of docs/Errors.md. */
export function errorsPage(): string {
  const rows = errorGuides().map(
    ({ selector, signature, sentence }) =>
      `| \`${selector}\` | \`${signature}\` | ${sentence.replaceAll('|', '\\|')} |`,
  )
  return [
    '# Errors',
    '',
    'Every error with which a contract of Auspex, its feeds, its truth sources or its token can refuse, with the cause and',
    'what to do. `auspex explain 0x…` prints the same for revert data or a selector. Words in braces stand for the values',
    'of a call. Written by `npm run docs`.',
    '',
    '| selector | error | cause and remedy |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n')
}
