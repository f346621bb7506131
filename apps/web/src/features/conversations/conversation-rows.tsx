import type { ConversationSummary } from "@nio/server/contract"
import { useMemo, useRef } from "react"
import { useTranslation } from "react-i18next"
import { VList, type VListHandle } from "virtua"
import { type Age, ageOf } from "./age.ts"
import { ConversationRow } from "./conversation-row.tsx"

type Row = { kind: "heading"; age: Age } | { kind: "row"; item: ConversationSummary }

/** Nearer to the end than this, the next page is fetched. */
const endPixels = 600

export function ConversationRows(props: {
  items: readonly ConversationSummary[]
  onEnd: () => void
}) {
  const { t } = useTranslation()
  const list = useRef<VListHandle>(null)
  const rows = useMemo(() => withHeadings(props.items), [props.items])

  function onScroll(top: number) {
    const { scrollSize = 0, viewportSize = 0 } = list.current ?? {}
    if (scrollSize - viewportSize - top < endPixels) props.onEnd()
  }

  return (
    <VList ref={list} onScroll={onScroll} className="min-h-0 grow px-2 pb-2">
      {rows.map((row) =>
        row.kind === "heading" ? (
          <h2 key={row.age} className="px-2.5 pt-4 pb-1 font-medium text-muted text-xs">
            {t(`list.${row.age}`)}
          </h2>
        ) : (
          <ConversationRow key={row.item.id} conversation={row.item} />
        ),
      )}
    </VList>
  )
}

function withHeadings(items: readonly ConversationSummary[]): Row[] {
  const now = Date.now()
  let last: Age | undefined
  return items.flatMap((item): Row[] => {
    const age = ageOf(item.updatedAt, now)
    const rows: Row[] = age === last ? [] : [{ kind: "heading", age }]
    last = age
    return [...rows, { kind: "row", item }]
  })
}
