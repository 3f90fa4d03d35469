/** A page that was saved holds its reads itself, gzip in base64, by their paths. */
let recording: Readonly<Record<string, string>> | undefined

/** Unpacks what the document holds; a live page holds nothing. */
export async function openRecording(): Promise<void> {
  const text = document.getElementById('recorded')?.textContent
  if (!text) return
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))
  recording = (await new Response(plain).json()) as typeof recording
}

/** Whether this page was saved: nothing in it changes. */
export function isRecorded(): boolean {
  return recording !== undefined
}

/** The text of a read: from the recording, or from the API. Throws with what is wrong, in words. */
export async function readText(path: string): Promise<string> {
  if (recording) {
    const text = recording[path]
    if (text !== undefined) return text
    throw new Error('This recording does not hold it. The live page does.')
  }
  const response = await fetch(`/api${path}`).catch(() => {
    throw new Error('The server does not answer. Is it still running?')
  })
  const text = await response.text()
  if (response.ok) return text
  const { error } = JSON.parse(text) as { error?: string }
  throw new Error(error ?? response.statusText)
}
