import { Tooltip as Radix } from "radix-ui"
import type { ReactElement } from "react"

export const TooltipProvider = ({ children }: { children: React.ReactNode }) => (
  <Radix.Provider delayDuration={350} skipDelayDuration={150}>
    {children}
  </Radix.Provider>
)

/** A word beside what has only an icon. `children` is one focusable element. */
export function Tooltip(props: { label: string; keys?: string; children: ReactElement }) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{props.children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          sideOffset={6}
          collisionPadding={8}
          className="z-50 flex animate-appear items-center gap-2 rounded-sm bg-ink px-2 py-1 text-xs font-medium text-canvas"
        >
          {props.label}
          {props.keys && <kbd className="font-mono opacity-70">{props.keys}</kbd>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
