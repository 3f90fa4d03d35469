/** One figure with its name, its unit and a line of context. */
export function Tile(props: { name: string; value: string; more: string; tone?: string }) {
  return (
    <div class="tile">
      <dt>{props.name}</dt>
      <dd>
        <b class={props.tone}>{props.value}</b>
        <span>{props.more}</span>
      </dd>
    </div>
  )
}
