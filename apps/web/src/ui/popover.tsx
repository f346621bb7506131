import { Popover as Radix } from "radix-ui"
import type { ReactElement, ReactNode } from "react"

export function Popover(props: {
  open?: boolean
  onOpenChange?: (open: boolean) => void
  trigger: ReactElement
  /** Inside a dialog: keeps focus and scrolling to itself. */
  modal?: boolean
  align?: "start" | "center" | "end"
  side?: "top" | "bottom"
  className?: string
  children: ReactNode
}) {
  return (
    <Radix.Root
      modal={props.modal ?? false}
      {...(props.open !== undefined && { open: props.open })}
      {...(props.onOpenChange && { onOpenChange: props.onOpenChange })}
    >
      <Radix.Trigger asChild>{props.trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={props.align ?? "start"}
          side={props.side ?? "bottom"}
          sideOffset={6}
          collisionPadding={8}
          className={`z-50 max-h-[var(--radix-popover-content-available-height)] max-w-[calc(100vw-1rem)] animate-rise overflow-y-auto rounded-md bg-raised shadow-float outline-none ${props.className ?? ""}`}
        >
          {props.children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
