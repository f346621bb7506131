import "./styles.css"
import { QueryClientProvider } from "@tanstack/react-query"
import { RouterProvider } from "@tanstack/react-router"
import { StrictMode } from "react"
import { createRoot } from "react-dom/client"
import { startI18n } from "./i18n/i18n.ts"
import { reloadWhenOutdated } from "./lib/reload-when-outdated.ts"
import { queryClient, trpc, trpcClient } from "./lib/trpc.ts"
import { router } from "./router.ts"
import { ToastOutlet } from "./ui/toast.tsx"
import { TooltipOutlet } from "./ui/tooltip.tsx"

reloadWhenOutdated()
void router.load()
await startI18n()

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <trpc.Provider client={trpcClient} queryClient={queryClient}>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
        <ToastOutlet />
        <TooltipOutlet />
      </QueryClientProvider>
    </trpc.Provider>
  </StrictMode>,
)
