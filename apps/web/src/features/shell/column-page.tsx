import type { ReactNode } from "react"
import { PageHeader } from "./page-header.tsx"

/** A page of one column beside the conversations. */
export const ColumnPage = ({ children }: { children: ReactNode }) => (
  <>
    <PageHeader />
    <div className="min-h-0 grow overflow-y-auto">
      <div className="mx-auto w-full max-w-3xl px-5 pb-20">{children}</div>
    </div>
  </>
)
