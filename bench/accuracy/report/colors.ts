/** Ten colours that stay apart for most eyes, the first for ours. */
export const colors = [
  '#111827',
  '#2563eb',
  '#dc2626',
  '#059669',
  '#d97706',
  '#7c3aed',
  '#0891b2',
  '#be185d',
  '#65a30d',
  '#9ca3af',
] as const
