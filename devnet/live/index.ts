export { keepAlive, runDevnet } from './runLive.ts'
export { spoilKinds } from './spoil.ts'
