import "./styles.css"
import { QueryClientProvider } from "@tanstack/react-query"
import { RouterProvider } from "@tanstack/react-router"
import { StrictMode } from "react"
import { createRoot } from "react-dom/client"
import { startI18n } from "./i18n/i18n.ts"
import { queryClient, trpc, trpcClient } from "./lib/trpc.ts"
import { router } from "./router.ts"
import { ToastOutlet } from "./ui/toast.tsx"
import { TooltipProvider } from "./ui/tooltip.tsx"

void router.load()
await startI18n()

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <trpc.Provider client={trpcClient} queryClient={queryClient}>
      <QueryClientProvider client={queryClient}>
        <TooltipProvider>
          <RouterProvider router={router} />
          <ToastOutlet />
        </TooltipProvider>
      </QueryClientProvider>
    </trpc.Provider>
  </StrictMode>,
)
