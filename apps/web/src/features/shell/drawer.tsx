import { Dialog } from "radix-ui"
import type { ReactNode } from "react"
import { useTranslation } from "react-i18next"
import { drawerOpen } from "../../lib/sidebar.ts"

/** The sidebar on a phone: over the page, until something in it is chosen. */
export function Drawer({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const open = drawerOpen.use()

  return (
    <Dialog.Root open={open} onOpenChange={drawerOpen.set}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-30 animate-appear bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => {
            // Not the search box: its keyboard would cover half of a phone.
            event.preventDefault()
            ;(event.target as HTMLElement).focus()
          }}
          className="fixed inset-y-0 left-0 z-30 flex w-[min(20rem,86vw)] animate-slide flex-col bg-panel shadow-float outline-none"
        >
          <Dialog.Title className="sr-only">{t("shell.menu")}</Dialog.Title>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
