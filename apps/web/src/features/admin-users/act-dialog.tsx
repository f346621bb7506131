import { useState } from "react"
import { Field } from "../../ui/field.tsx"
import { Input } from "../../ui/input.tsx"
import { ReasonDialog } from "../../ui/reason-dialog.tsx"

/** Something done to somebody, with a reason and perhaps a value. */
export function ActDialog(props: {
  title: string
  text: string
  confirm: string
  /** The value it takes; none when left out. */
  value?: { label: string; initial?: string; problem?: (text: string) => string | undefined }
  busy: boolean
  error: unknown
  onSubmit: (input: { value: string; reason: string }) => void
  onClose: () => void
}) {
  const { value: asked, onSubmit, ...dialog } = props
  const [value, setValue] = useState(asked?.initial ?? "")
  const problem = asked?.problem?.(value)

  function submit(reason: string) {
    if (!problem) onSubmit({ value, reason })
  }

  return (
    <ReasonDialog {...dialog} onSubmit={submit}>
      {(tried) =>
        asked && (
          <Field label={asked.label} error={tried ? problem : undefined}>
            {(control) => (
              <Input
                {...control}
                autoComplete="off"
                value={value}
                onChange={(event) => setValue(event.target.value)}
              />
            )}
          </Field>
        )
      }
    </ReasonDialog>
  )
}
