import type { ReactNode } from "react"

/** What this place is for, and the first step. */
export const EmptyState = (props: {
  icon?: ReactNode
  title: ReactNode
  children?: ReactNode
  action?: ReactNode
}) => (
  <div className="mx-auto flex max-w-sm flex-col items-center px-6 py-16 text-center">
    {props.icon && (
      <span className="mb-4 flex size-11 items-center justify-center rounded-full bg-active text-muted">
        {props.icon}
      </span>
    )}
    <h2 className="font-semibold text-base">{props.title}</h2>
    {props.children && <p className="mt-1 text-muted text-sm">{props.children}</p>}
    {props.action && <div className="mt-5 flex flex-wrap justify-center gap-2">{props.action}</div>}
  </div>
)
