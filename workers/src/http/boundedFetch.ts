/** As much of `fetch` as is needed; a hono app's `request` serves as well. */
export type Fetch = (url: string, init: RequestInit) => Response | Promise<Response>

/** Answers of reputers are some hundred bytes. */
const MOST_BYTES = 16 * 1024

/**
 * `fetch` for addresses that others chose: follows no redirect, which could lead to a service behind this machine's
 * firewall, and reads no answer longer than 16 KiB.
 */
export const boundedFetch: Fetch = async (url, init) => {
  const response = await fetch(url, { ...init, redirect: 'error' })
  const chunks: Uint8Array[] = []
  let bytes = 0
  const reader = response.body?.getReader()
  for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
    bytes += part.value.length
    if (bytes > MOST_BYTES) {
      await reader?.cancel()
      throw new Error(`an answer of more than ${MOST_BYTES} bytes`)
    }
    chunks.push(part.value)
  }
  return new Response(Buffer.concat(chunks), { status: response.status })
}
