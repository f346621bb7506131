import type { ComponentProps } from "react"
import { Tooltip } from "./tooltip.tsx"

const sizes = { sm: "size-7 rounded-sm", md: "size-9 rounded-md", lg: "size-10 rounded-md" }

export type IconButtonProps = ComponentProps<"button"> & {
  /** Its name, for the tooltip and for those who hear it. */
  label: string
  size?: keyof typeof sizes
  /** Keys that do the same, shown in the tooltip. */
  keys?: string
}

export function IconButton({
  label,
  size = "md",
  keys,
  className = "",
  children,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip label={label} {...(keys && { keys })}>
      <button
        type="button"
        aria-label={label}
        className={`inline-flex shrink-0 items-center justify-center text-muted transition-colors duration-100 hover:bg-hover hover:text-ink disabled:opacity-40 disabled:hover:bg-transparent ${sizes[size]} ${className}`}
        {...rest}
      >
        {children}
      </button>
    </Tooltip>
  )
}
