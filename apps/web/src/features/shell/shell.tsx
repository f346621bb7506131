import { Dialog } from "radix-ui"
import type { ReactNode } from "react"
import { useTranslation } from "react-i18next"
import { drawerOpen, sidebarShown, useWide } from "../../lib/sidebar.ts"

/** The page's frame: a sidebar that can be put away, on a phone a drawer, and beside it the page. */
export function Shell(props: { sidebar: ReactNode; children: ReactNode }) {
  const { t } = useTranslation()
  const shown = sidebarShown.use()
  const wide = useWide()

  return (
    <div className="flex h-full">
      <a
        href="#main"
        className="-translate-y-16 fixed top-2 left-2 z-50 rounded-md bg-ink px-3 py-2 text-canvas text-sm focus:translate-y-0"
      >
        {t("common.skip")}
      </a>
      {wide && shown && (
        <aside className="flex w-68 shrink-0 flex-col border-line border-r bg-panel">
          {props.sidebar}
        </aside>
      )}
      {!wide && <Drawer>{props.sidebar}</Drawer>}
      <main id="main" tabIndex={-1} className="flex min-w-0 grow flex-col outline-none">
        {props.children}
      </main>
    </div>
  )
}

function Drawer({ children }: { children: ReactNode }) {
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
