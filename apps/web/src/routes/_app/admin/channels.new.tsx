import { createFileRoute } from "@tanstack/react-router"
import { CreateChannel } from "../../../features/admin-channels/create-channel.tsx"

export const Route = createFileRoute("/_app/admin/channels/new")({ component: CreateChannel })
