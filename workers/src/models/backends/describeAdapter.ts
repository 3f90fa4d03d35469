/*
 * A process of its own that asks for a GPU and prints what it found as JSON. Drivers that cannot be
 * used print to stderr from native code, and some crash: here neither reaches the node.
 */
try {
  const { create } = await import('webgpu')
  const adapter = await create([]).requestAdapter({ powerPreference: 'high-performance' })
  print(adapter === null ? { status: 'absent', reason: 'no GPU adapter' } : found(adapter.info))
} catch (error) {
  const isMissing = (error as { code?: string }).code === 'ERR_MODULE_NOT_FOUND'
  const [reason] = (error as Error).message.split('\n')
  print({ status: 'absent', reason: isMissing ? 'webgpu is not installed' : reason! })
}

function found(info: GPUAdapterInfo) {
  const emulated = /swiftshader|llvmpipe|lavapipe|software|basic render/i
  const device = [info.vendor, info.device, info.description].filter(Boolean).join(' ')
  const isEmulated = info.isFallbackAdapter || emulated.test(`${info.architecture} ${device}`)
  return { status: 'found', device, isEmulated }
}

function print(found: object): void {
  process.stdout.write(`${JSON.stringify(found)}\n`)
}
