import type { ReactNode } from "react"

/** The head of an admin page: its name, what it is for, and what can be begun here. */
export const AdminTitle = (props: { title: string; text?: string; action?: ReactNode }) => (
  <div className="mb-6">
    <div className="flex min-h-10 items-center gap-4">
      <h1 className="min-w-0 grow font-semibold text-lg">{props.title}</h1>
      {props.action}
    </div>
    {props.text && <p className="mt-1 max-w-prose text-muted text-sm">{props.text}</p>}
  </div>
)
