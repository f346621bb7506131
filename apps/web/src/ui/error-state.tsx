import { CircleAlert } from "lucide-react"
import type { ReactNode } from "react"
import { Button } from "./button.tsx"

/** What did not work, and a way to try again. */
export const ErrorState = (props: {
  title: ReactNode
  children?: ReactNode
  retryLabel?: string
  onRetry?: () => void
}) => (
  <div role="alert" className="mx-auto flex max-w-sm flex-col items-center px-6 py-16 text-center">
    <span className="mb-4 flex size-11 items-center justify-center rounded-full bg-danger-soft text-danger">
      <CircleAlert className="size-5" />
    </span>
    <h2 className="font-semibold text-base">{props.title}</h2>
    {props.children && <p className="mt-1 text-muted text-sm">{props.children}</p>}
    {props.onRetry && (
      <Button className="mt-5" onClick={props.onRetry}>
        {props.retryLabel}
      </Button>
    )}
  </div>
)
