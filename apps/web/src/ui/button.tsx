import type { ComponentProps, ReactNode } from "react"
import { Spinner } from "./spinner.tsx"

const variants = {
  primary: "bg-accent text-on-accent hover:bg-accent-strong",
  secondary: "bg-raised text-ink shadow-rest hover:bg-hover",
  ghost: "text-ink hover:bg-hover",
  danger: "bg-danger text-canvas hover:opacity-90",
}
const sizes = { sm: "h-8 gap-1.5 px-3", md: "h-10 gap-2 px-4" }

export const buttonClass = (variant: keyof typeof variants, size: keyof typeof sizes) =>
  `inline-flex shrink-0 select-none items-center justify-center whitespace-nowrap rounded-md text-sm font-medium transition-colors duration-100 disabled:opacity-50 ${variants[variant]} ${sizes[size]}`

export type ButtonProps = ComponentProps<"button"> & {
  variant?: keyof typeof variants
  size?: keyof typeof sizes
  /** Work is under way: it cannot be pressed again, and shows so. */
  busy?: boolean
  icon?: ReactNode
}

export function Button({
  variant = "secondary",
  size = "md",
  busy = false,
  icon,
  className = "",
  children,
  disabled,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      className={`${buttonClass(variant, size)} ${className}`}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      {...rest}
    >
      {busy ? <Spinner /> : icon}
      {children}
    </button>
  )
}
