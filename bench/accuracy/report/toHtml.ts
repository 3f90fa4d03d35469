import type { PanelResult } from '../measure/PanelResult.ts'
export function toHtml(_panels: readonly PanelResult[]): string {
  return ''
}
