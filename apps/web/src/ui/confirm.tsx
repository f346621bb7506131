import { AlertDialog as Radix } from "radix-ui"
import type { ReactNode } from "react"
import { Button } from "./button.tsx"

/** Asks before what cannot be undone. The words say what will be gone. */
export function Confirm(props: {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  description: ReactNode
  confirmLabel: string
  cancelLabel: string
  busy?: boolean
  onConfirm: () => void
}) {
  return (
    <Radix.Root open={props.open} onOpenChange={props.onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-appear bg-scrim" />
        <div className="pointer-events-none fixed inset-0 z-40 flex items-end justify-center sm:items-center sm:p-6">
          <Radix.Content className="pointer-events-auto w-full animate-rise rounded-t-lg bg-raised p-5 shadow-float outline-none [padding-bottom:max(1.25rem,env(safe-area-inset-bottom))] sm:max-w-sm sm:rounded-lg">
            <Radix.Title className="text-base font-semibold">{props.title}</Radix.Title>
            <Radix.Description className="mt-1 text-sm text-muted [overflow-wrap:anywhere]">
              {props.description}
            </Radix.Description>
            <div className="mt-6 flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
              <Radix.Cancel asChild>
                <Button>{props.cancelLabel}</Button>
              </Radix.Cancel>
              <Button variant="danger" busy={props.busy ?? false} onClick={props.onConfirm}>
                {props.confirmLabel}
              </Button>
            </div>
          </Radix.Content>
        </div>
      </Radix.Portal>
    </Radix.Root>
  )
}
