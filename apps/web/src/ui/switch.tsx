import { Switch as Radix } from "radix-ui"
import type { ComponentProps } from "react"

export const Switch = ({ className = "", ...rest }: ComponentProps<typeof Radix.Root>) => (
  <Radix.Root
    className={`inline-flex h-5 w-9 shrink-0 items-center rounded-full bg-edge p-0.5 transition-colors duration-150 disabled:opacity-50 data-[state=checked]:bg-accent ${className}`}
    {...rest}
  >
    <Radix.Thumb className="block size-4 rounded-full bg-canvas transition-transform duration-150 data-[state=checked]:translate-x-4" />
  </Radix.Root>
)
