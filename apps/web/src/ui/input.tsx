import type { ComponentProps } from "react"

/** 16 px on phones, where anything smaller makes the page zoom in. */
export const controlClass =
  "w-full rounded-md bg-raised px-3 text-base text-ink ring-1 ring-edge ring-inset transition-shadow duration-100 hover:ring-ink/60 focus-visible:ring-2 focus-visible:ring-accent focus-visible:outline-none aria-invalid:ring-danger disabled:opacity-60 md:text-sm"

export const Input = ({ className = "", ...rest }: ComponentProps<"input">) => (
  <input className={`h-10 ${controlClass} ${className}`} {...rest} />
)

export const Textarea = ({ className = "", ...rest }: ComponentProps<"textarea">) => (
  <textarea className={`min-h-24 py-2 ${controlClass} ${className}`} {...rest} />
)
