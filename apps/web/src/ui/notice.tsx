import type { ReactNode } from "react"

const tones = {
  info: "bg-info-soft text-info",
  warning: "bg-warning-soft text-warning",
  danger: "bg-danger-soft text-danger",
  success: "bg-success-soft text-success",
}

/** Something to know beside what it is about, with what to do next. */
export const Notice = (props: {
  tone: keyof typeof tones
  icon?: ReactNode
  title?: ReactNode
  actions?: ReactNode
  children?: ReactNode
  role?: "alert" | "status"
}) => (
  <div role={props.role} className={`flex gap-3 rounded-md px-3.5 py-3 ${tones[props.tone]}`}>
    {props.icon && <span className="mt-0.5 flex size-4 shrink-0">{props.icon}</span>}
    <div className="min-w-0 grow text-sm [overflow-wrap:anywhere]">
      {props.title && <p className="font-medium">{props.title}</p>}
      {props.children && <div className="text-ink">{props.children}</div>}
      {props.actions && <div className="mt-2.5 flex flex-wrap gap-2">{props.actions}</div>}
    </div>
  </div>
)
