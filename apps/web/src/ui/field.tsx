import { type ReactNode, useId } from "react"

export type FieldControl = {
  id: string
  "aria-invalid": boolean | undefined
  "aria-describedby": string | undefined
}

/** A label, a control, and below it a hint or what is wrong. */
export function Field(props: {
  label: ReactNode
  hint?: ReactNode
  error?: string | undefined
  className?: string
  children: (control: FieldControl) => ReactNode
}) {
  const id = useId()
  const note = props.error ?? props.hint
  return (
    <div className={`grid gap-1.5 ${props.className ?? ""}`}>
      <label htmlFor={id} className="text-sm font-medium">
        {props.label}
      </label>
      {props.children({
        id,
        "aria-invalid": props.error ? true : undefined,
        "aria-describedby": note ? `${id}-note` : undefined,
      })}
      {note && (
        <p
          id={`${id}-note`}
          className={`text-xs ${props.error ? "text-danger" : "text-muted"}`}
          {...(props.error && { role: "alert" })}
        >
          {note}
        </p>
      )}
    </div>
  )
}
