import type { ComponentProps } from "react"

const sizes = { sm: "size-7 rounded-sm", md: "size-9 rounded-md", lg: "size-10 rounded-md" }

type IconButtonProps = ComponentProps<"button"> & {
  /** Its name, for the tooltip and for those who hear it. */
  label: string
  size?: keyof typeof sizes
  /** Keys that do the same, shown in the tooltip. */
  keys?: string
}

export const IconButton = ({
  label,
  size = "md",
  keys,
  className = "",
  ...rest
}: IconButtonProps) => (
  <button
    type="button"
    aria-label={label}
    data-tip={label}
    data-tip-keys={keys}
    className={`inline-flex shrink-0 items-center justify-center text-muted transition-colors duration-100 hover:bg-hover hover:text-ink disabled:opacity-40 disabled:hover:bg-transparent ${sizes[size]} ${className}`}
    {...rest}
  />
)
