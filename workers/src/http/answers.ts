import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { RefusalReason } from './endpoint.ts'

/** The HTTP status of each refusal. */
export const statusOf: { [reason in RefusalReason]: ContentfulStatusCode } = {
  invalid: 400,
  'bad-signature': 401,
  'not-seated': 403,
  'unknown-topic': 404,
  'unknown-commitment': 404,
  'wrong-phase': 409,
  'list-closed': 409,
  conflict: 409,
  'wrong-opening': 409,
  'too-large': 413,
  'too-many-requests': 429,
  unavailable: 503,
}
