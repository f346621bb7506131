import { createFileRoute } from "@tanstack/react-router"
import { PlanPage } from "../../../features/plan/plan-page.tsx"

export const Route = createFileRoute("/_app/_chat/account/plan")({ component: PlanPage })
