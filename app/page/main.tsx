/* The page: the address after # holds the state of the view, so that every view can be linked. */
import 'uplot/dist/uPlot.min.css'
import './page.css'
import { render } from 'preact'
import { Frame } from './Frame.tsx'
import { NetworkPage } from './NetworkPage.tsx'
import { openRecording } from './recording.ts'
import { TopicPage } from './TopicPage.tsx'
import { WorkerPage } from './WorkerPage.tsx'
import { useRoute } from './useRoute.ts'

function App() {
  const [page, topic, who, worker] = useRoute()
  if (page === 'topic' && topic && who === 'worker' && worker) {
    return (
      <Frame>
        <WorkerPage key={topic + worker} topic={topic} worker={worker} />
      </Frame>
    )
  }
  if (page === 'topic' && topic) {
    return (
      <Frame>
        <TopicPage key={topic} topic={topic} />
      </Frame>
    )
  }
  return (
    <Frame>
      <NetworkPage />
    </Frame>
  )
}

await openRecording()
render(<App />, document.getElementById('app')!)
