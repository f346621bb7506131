import type { ReactNode } from "react"

/** The head of an admin page: its name, what it is for, and what can be begun here. */
export const AdminTitle = (props: { title: string; text?: string; action?: ReactNode }) => (
  <div className="mb-6 flex flex-wrap items-start gap-x-6 gap-y-3">
    <div className="min-w-0 grow basis-64">
      <h1 className="font-semibold text-lg">{props.title}</h1>
      {props.text && <p className="mt-1 max-w-prose text-muted text-sm">{props.text}</p>}
    </div>
    {props.action}
  </div>
)
