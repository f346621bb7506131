import { X } from "lucide-react"
import { Dialog as Radix } from "radix-ui"
import type { ReactNode } from "react"
import { IconButton } from "./icon-button.tsx"

const widths = { sm: "sm:max-w-sm", md: "sm:max-w-lg", lg: "sm:max-w-3xl" }

/** In the middle on a wide screen; on a phone it comes from below, where the thumb is. */
export function Dialog(props: {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  description?: ReactNode
  closeLabel: string
  width?: keyof typeof widths
  children: ReactNode
}) {
  return (
    <Radix.Root open={props.open} onOpenChange={props.onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-appear bg-scrim" />
        <div className="pointer-events-none fixed inset-0 z-40 flex items-end justify-center sm:items-center sm:p-6">
          <Radix.Content
            className={`pointer-events-auto flex max-h-[92dvh] w-full animate-rise flex-col rounded-t-lg bg-raised shadow-float outline-none sm:max-h-[85dvh] sm:rounded-lg ${widths[props.width ?? "md"]}`}
            {...(!props.description && { "aria-describedby": undefined })}
            onOpenAutoFocus={focusFirstControl}
          >
            <div className="flex items-start gap-3 px-5 pt-4 pb-3">
              <div className="grow">
                <Radix.Title className="text-base font-semibold">{props.title}</Radix.Title>
                {props.description && (
                  <Radix.Description className="mt-0.5 text-sm text-muted">
                    {props.description}
                  </Radix.Description>
                )}
              </div>
              <Radix.Close asChild>
                <IconButton label={props.closeLabel} className="-mt-1 -mr-2">
                  <X className="size-4" />
                </IconButton>
              </Radix.Close>
            </div>
            <div className="overflow-y-auto px-5 pb-5 [padding-bottom:max(1.25rem,env(safe-area-inset-bottom))]">
              {props.children}
            </div>
          </Radix.Content>
        </div>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** What is to be filled in, not the way out, whose tooltip would open with it. */
function focusFirstControl(event: Event) {
  const content = event.target as HTMLElement
  event.preventDefault()
  const control = content.querySelector<HTMLElement>("input,textarea,select")
  ;(control ?? content).focus()
}

/** The row of buttons that ends a dialog or a form: the main one last. */
export const DialogActions = ({ children }: { children: ReactNode }) => (
  <div className="mt-6 flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">{children}</div>
)
