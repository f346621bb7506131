import { ToggleGroup as Radix } from "radix-ui"
import type { ReactNode } from "react"

/** One of a few, all in sight. */
export function Segmented<Value extends string>(props: {
  label: string
  value: Value
  onChange: (value: Value) => void
  options: readonly { value: Value; label: ReactNode }[]
}) {
  return (
    <Radix.Root
      type="single"
      aria-label={props.label}
      value={props.value}
      onValueChange={(value) => value && props.onChange(value as Value)}
      className="inline-flex gap-0.5 rounded-md bg-active p-0.5"
    >
      {props.options.map((option) => (
        <Radix.Item
          key={option.value}
          value={option.value}
          className="inline-flex h-8 items-center gap-1.5 rounded-sm px-3 text-sm text-muted transition-colors duration-100 hover:text-ink data-[state=on]:bg-raised data-[state=on]:text-ink data-[state=on]:shadow-rest"
        >
          {option.label}
        </Radix.Item>
      ))}
    </Radix.Root>
  )
}
