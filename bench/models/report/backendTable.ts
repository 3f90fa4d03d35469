import type { Report } from './Report.ts'

/** Who computes, or why not. */
export function backendTable({ backends }: Report): string {
  const width = Math.max(...backends.map(({ name }) => name.length))

  return backends
    .map(({ name, device, isGpu, reason }) => {
      const what = device === null ? `missing: ${reason}` : isGpu ? `GPU: ${device}` : device
      return `${name.padEnd(width)}  ${what}`
    })
    .join('\n')
}
