import { type ComponentType, useEffect, useState } from "react"
import type { ToasterProps } from "sonner"
import { createStore } from "../lib/store.ts"

/** The library is fetched with the first toast; most visits have none. */
const wanted = createStore(false)
/** Settled when toasts can be seen: the library drops those that come before. */
const visible = Promise.withResolvers<void>()

async function show(kind: "success" | "error" | "message", text: string) {
  wanted.set(true)
  await visible.promise
  const { toast } = await import("sonner")
  toast[kind](text)
}

/** A short word about what just happened elsewhere on the page. Never the only place of an error. */
export const toast = {
  success: (text: string) => void show("success", text),
  error: (text: string) => void show("error", text),
  message: (text: string) => void show("message", text),
}

export function ToastOutlet() {
  const needed = wanted.use()
  const [Toaster, setToaster] = useState<ComponentType<ToasterProps>>()
  useEffect(() => {
    if (needed)
      void Promise.all([import("sonner"), import("sonner/dist/styles.css")]).then(([sonner]) =>
        setToaster(() => sonner.Toaster),
      )
  }, [needed])
  useEffect(() => {
    if (Toaster) visible.resolve()
  }, [Toaster])
  return (
    Toaster && (
      <Toaster
        position="bottom-right"
        mobileOffset={{ bottom: 104 }}
        toastOptions={{
          unstyled: true,
          classNames: {
            toast:
              "flex w-full items-center gap-2.5 rounded-md bg-raised px-4 py-3 text-sm text-ink shadow-float",
            error: "text-danger!",
          },
        }}
      />
    )
  )
}
