import { ChevronDown } from "lucide-react"
import type { ComponentProps } from "react"
import { controlClass } from "./input.tsx"

/** The platform's own list: it is known, quick and right on a phone. Takes `<option>`s. */
export const Select = ({ className = "", children, ...rest }: ComponentProps<"select">) => (
  <span className={`relative inline-flex w-full ${className}`}>
    <select className={`h-10 appearance-none pr-9 ${controlClass}`} {...rest}>
      {children}
    </select>
    <ChevronDown
      aria-hidden="true"
      className="pointer-events-none absolute top-3 right-3 size-4 text-muted"
    />
  </span>
)
