import { type ReactNode, useId } from "react"

export function Section(props: {
  title: string
  text?: string
  action?: ReactNode
  children?: ReactNode
}) {
  const id = useId()
  return (
    <section aria-labelledby={id}>
      <div className="mb-4 flex last:mb-0 flex-col items-start gap-3 sm:flex-row sm:items-end sm:gap-4">
        <div className="min-w-0 grow">
          <h2 id={id} className="font-semibold text-base">
            {props.title}
          </h2>
          {props.text && <p className="mt-0.5 text-muted text-sm">{props.text}</p>}
        </div>
        {props.action}
      </div>
      {props.children}
    </section>
  )
}
