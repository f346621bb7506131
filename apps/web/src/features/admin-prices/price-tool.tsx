import { lazy, Suspense } from "react"

const ImportList = lazy(() => import("./import-list.tsx").then((m) => ({ default: m.ImportList })))
const ImportSite = lazy(() => import("./import-site.tsx").then((m) => ({ default: m.ImportSite })))
const ChangeByPercent = lazy(() =>
  import("./change-by-percent.tsx").then((m) => ({ default: m.ChangeByPercent })),
)

/** `missing` is the list, for what is offered and has no price. */
export type PriceTool = "list" | "missing" | "site" | "percent"

export function PriceToolDialog({ tool, onClose }: { tool: PriceTool; onClose: () => void }) {
  return (
    <Suspense>
      {tool === "site" && <ImportSite onClose={onClose} />}
      {tool === "percent" && <ChangeByPercent onClose={onClose} />}
      {tool === "list" && <ImportList onClose={onClose} />}
      {tool === "missing" && <ImportList missing onClose={onClose} />}
    </Suspense>
  )
}
